using System.Globalization;
using System.Xml.Linq;
using Loket.Web.Data;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Loket.Web.Security;

/// <summary>
/// The keys of sign-in cookies and forms lie in the database, so that a person signed in at one node is so at every
/// other. Sealed with the key ring: who has the database alone can make no cookie.
/// </summary>
public sealed class CookieKeys(Db db, KeyRing keys) : IXmlRepository
{
    // Data protection asks this a few times in the life of a process, and cannot wait in another way.
    public IReadOnlyCollection<XElement> GetAllElements() => db.ReadAsync(r => r.QueryAsync<Row>("SELECT id, body FROM cookie_key ORDER BY id"))
        .GetAwaiter().GetResult().ConvertAll(row => XElement.Parse(keys.Open(row.Body, Context(row.Id))));

    public void StoreElement(XElement element, string friendlyName) => db.WriteAsync<int>(unit =>
    {
        var id = unit.NewId();
        return unit.Execute(
            "INSERT INTO cookie_key (id, body) VALUES (@id, @body)",
            new { id, body = keys.Seal(element.ToString(SaveOptions.DisableFormatting), Context(id)) });
    }).GetAwaiter().GetResult();

    private static string Context(long id) => $"cookie_key {id.ToString(CultureInfo.InvariantCulture)}";

    private sealed class Row
    {
        public long Id { get; init; }

        public string Body { get; init; } = "";
    }
}
