using System.Globalization;
using Loket.Domain;
using Loket.Domain.Terms;
using Loket.Web.Data;
using Loket.Web.Security;

namespace Loket.Web.Features.Rota;

public sealed record RotaSaved(int Changes);

/// <param name="Least">Fewer people than this on the rota is short-staffed.</param>
public sealed record LineRotaForm(int Least, IReadOnlyList<RotaRow> People);

/// <param name="Hours">As <see cref="OpeningHours"/> writes them; null: not on the rota.</param>
public sealed record RotaRow(long ProfessionalId, string? Hours);

/// <summary>Who is on a line when: a weekly pattern with exceptions for each member.</summary>
public sealed class SaveRota(Db db)
{
    public const int MostLeast = 50;

    public Task<Outcome<RotaSaved>> RunAsync(Actor actor, string code, LineRotaForm form, string? key) =>
        db.WriteAsync<RotaSaved>(Command.Of(actor.Id, "rota-save", key, new { code, form }), unit =>
        {
            actor.RequireHere(unit);
            if (LineRota.Load(unit, actor.OrganisationCode).Find(l => l.Code == code) is not { } line)
            {
                return new Refusal("no-such-line");
            }

            if (form.Least is < 1 or > MostLeast)
            {
                return new Refusal("line-number", "1", MostLeast.ToString(CultureInfo.InvariantCulture));
            }

            var changes = 0;
            foreach (var row in form.People)
            {
                if (line.People.FirstOrDefault(p => p.Id == row.ProfessionalId) is not { } person)
                {
                    return new Refusal("line-member-unknown", row.ProfessionalId.ToString(CultureInfo.InvariantCulture));
                }

                if (row.Hours is not null && OpeningHours.Parse(row.Hours).Refusal is { } unreadable)
                {
                    return unreadable;
                }

                var (was, becomes) = (person.Rota?.ToString(), row.Hours is null ? null : OpeningHours.Parse(row.Hours).Value.ToString());
                if (was != becomes)
                {
                    unit.Execute("UPDATE line_member SET rota = @becomes WHERE line_code = @code AND professional_id = @Id", new { becomes, code, person.Id });
                    Record(unit, actor, code, string.Create(CultureInfo.InvariantCulture, $"rota:{person.Id}"), was, becomes);
                    changes++;
                }
            }

            if (form.Least != line.Least)
            {
                unit.Execute("UPDATE line SET least_people = @Least WHERE code = @code", new { form.Least, code });
                Record(unit, actor, code, "least", $"{line.Least}", $"{form.Least}");
                changes++;
            }

            return new RotaSaved(changes);
        });

    /// <summary>Who changed what of a line, for the page of the line.</summary>
    internal static void Record(Unit unit, Actor actor, string code, string field, string? was, string? became) => unit.Execute(
        "INSERT INTO line_change (id, line_code, at, professional_id, field, was, became) VALUES (@id, @code, @Now, @by, @field, @was, @became)",
        new { id = unit.NewId(), code, unit.Now, by = actor.Id, field, was, became });
}
