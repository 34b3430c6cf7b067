using System.Collections.Concurrent;
using System.Text;

namespace Loket.Domain;

/// <summary>Enum values as they are stored and sent: <c>CallbackScheduled</c> is <c>callback_scheduled</c>.</summary>
public static class Code
{
    private static readonly ConcurrentDictionary<Enum, string> Codes = new();

    public static string Of(Enum value) => Codes.GetOrAdd(value, static v => Snake(v.ToString()));

    /// <summary>The enum value of a stored code. Throws on an unknown code.</summary>
    public static T Parse<T>(string code) where T : struct, Enum =>
        TryParse<T>(code, out var value) ? value : throw new FormatException($"'{code}' is not a {typeof(T).Name}");

    public static bool TryParse<T>(string? code, out T value) where T : struct, Enum
    {
        foreach (var candidate in Enum.GetValues<T>())
        {
            if (Of(candidate) == code)
            {
                value = candidate;
                return true;
            }
        }

        value = default;
        return false;
    }

    private static string Snake(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        foreach (var c in name)
        {
            if (char.IsUpper(c) && text.Length > 0)
            {
                text.Append('_');
            }

            text.Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }
}
