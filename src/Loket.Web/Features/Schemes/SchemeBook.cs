using System.Text.Json;

namespace Loket.Web.Features.Schemes;

/// <summary>The schemes of <c>db/reference/schemes.json</c>. Read at the first question, so that a start does not wait for it.</summary>
public sealed class SchemeBook(string folder)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private readonly Lazy<Dictionary<string, Scheme>> schemes = new(() =>
        JsonSerializer.Deserialize<List<Scheme>>(File.ReadAllBytes(Path.Combine(folder, "schemes.json")), Json)!.ToDictionary(s => s.Id, StringComparer.Ordinal));

    /// <summary>In the order of the file.</summary>
    public IReadOnlyCollection<Scheme> All => schemes.Value.Values;

    public Scheme? Find(string id) => schemes.Value.GetValueOrDefault(id);
}
