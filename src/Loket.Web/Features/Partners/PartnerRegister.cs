using Loket.Web.Data;
using Loket.Web.Features.Directory;

namespace Loket.Web.Features.Partners;

/// <summary>
/// The partners outside government and their checked channels: the only addresses a link or letter ever goes to. The demo
/// fills it with invented ones; supervisors keep it (<see cref="SavePartner"/>).
/// </summary>
public sealed class PartnerRegister(Db db)
{
    public const string File = "demo/partners.csv";

    private static readonly string[] Columns = ["id", "kind", "name", "email", "sms", "post", "checked_on", "checked_by"];

    /// <summary>Adds the demo's partners that are not there yet. A wrong file changes nothing.</summary>
    public Task ImportDemoAsync(string folder)
    {
        var errors = new List<ReferenceError>();
        var rows = ReferenceFilesTable.Read(folder, File, Columns, errors);
        var partners = rows.Select(row => (
            Id: row.Number("id", row.Required("id", 18)), Kind: row.Required("kind", 20), Name: row.Required("name", 120), On: row.Required("checked_on", 10), By: row.Required("checked_by", 120),
            Channels: ((string, string?)[])[("email", row.Text("email", 300)), ("sms", row.Text("sms", 300)), ("post", row.Text("post", 300))])).ToList();
        return errors.Count > 0 ? throw new ReferenceErrors(errors) : db.WriteAsync<int>(unit =>
        {
            var known = unit.Query<long>("SELECT id FROM partner").ToHashSet();
            foreach (var p in partners.Where(p => !known.Contains(p.Id)))
            {
                Add(unit, p.Id, p.Kind, p.Name, p.On, p.By, p.Channels);
            }

            return partners.Count;
        });
    }

    internal static void Add(Unit unit, long id, string kind, string name, string checkedOn, string checkedBy, IEnumerable<(string Kind, string? Address)> channels)
    {
        unit.Execute(
            "INSERT INTO partner (id, kind, name, sort_name) VALUES (@id, @kind, @name, @sort)", new { id, kind, name, sort = name.ToLowerInvariant() });
        AddChannels(unit, id, checkedOn, checkedBy, channels);
    }

    internal static void AddChannels(Unit unit, long id, string checkedOn, string checkedBy, IEnumerable<(string Kind, string? Address)> channels)
    {
        foreach (var channel in channels.Where(c => c.Address is not null))
        {
            unit.Execute(
                "INSERT INTO partner_channel (id, partner_id, kind, address, checked_on, checked_by) VALUES (@channelId, @id, @Kind, @Address, @checkedOn, @checkedBy)",
                new { channelId = unit.NewId(), id, channel.Kind, channel.Address, checkedOn, checkedBy });
        }
    }
}
