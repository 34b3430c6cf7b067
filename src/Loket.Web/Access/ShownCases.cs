using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;

namespace Loket.Web.Access;

/// <summary>An answer, or a row of it, that shows something of a case and does not call its id <c>CaseId</c>.</summary>
public interface IAboutCase
{
    long AboutCase { get; }

    /// <summary>Why it was shown, when the person had to say so; such a reading is always written down by itself.</summary>
    string? Reason => null;
}

/// <summary>One case in an answer: opened, or named in a list.</summary>
public sealed record ShownCase(long CaseId, bool Opened, string? Reason = null);

/// <summary>
/// Which cases an answer is about, asked of the answer itself: everything of ours in it with a <c>CaseId</c>, or that is
/// <see cref="IAboutCase"/>. So a new screen is in the access log without anybody thinking of it.
/// </summary>
public static class ShownCases
{
    private static readonly Assembly Ours = typeof(ShownCases).Assembly;
    private static readonly ConcurrentDictionary<Type, Plan> Plans = new();

    /// <summary>Each case once; opened counts more than named.</summary>
    public static IReadOnlyList<ShownCase> In(object? answer)
    {
        var found = new Dictionary<long, ShownCase>();
        Walk(answer, opened: true, found);
        return [.. found.Values];
    }

    private static void Walk(object? value, bool opened, Dictionary<long, ShownCase> found)
    {
        if (value is IEnumerable rows and not string)
        {
            foreach (var row in rows)
            {
                Walk(row, opened: false, found);
            }

            return;
        }

        if (value is null || value.GetType().Assembly != Ours || value.GetType().IsEnum)
        {
            return;
        }

        var plan = Plans.GetOrAdd(value.GetType(), Plan.Of);
        var about = value as IAboutCase;
        if ((about?.AboutCase ?? (long?)plan.CaseId?.GetValue(value)) is { } id and not 0)
        {
            var shown = new ShownCase(id, opened, about?.Reason);
            if (!found.TryGetValue(shown.CaseId, out var earlier) || (shown.Opened && !earlier.Opened) || shown.Reason is not null)
            {
                found[shown.CaseId] = shown;
            }
        }

        foreach (var part in plan.Parts)
        {
            Walk(part.GetValue(value), opened, found);
        }
    }

    private sealed record Plan(PropertyInfo? CaseId, IReadOnlyList<PropertyInfo> Parts)
    {
        public static Plan Of(Type type)
        {
            var all = type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanRead && p.GetIndexParameters().Length == 0).ToList();
            return new Plan(
                all.Find(p => p.Name == "CaseId" && (p.PropertyType == typeof(long) || p.PropertyType == typeof(long?))),
                all.FindAll(p => MayHold(p.PropertyType)));
        }

        private static bool MayHold(Type type) => (type.Assembly == Ours && !type.IsEnum)
            || (type != typeof(string) && type.IsAssignableTo(typeof(IEnumerable)) && (type.IsArray ? [type.GetElementType()!] : type.GetGenericArguments()).Any(MayHold));
    }
}
