using Loket.Domain;
using Loket.Web.Access;
using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Security;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Documents;

/// <summary>A document on its way out: always to be saved, never shown in the browser, whatever its content says it is.</summary>
public sealed class DocumentFile : FileContentResult, IAboutCase
{
    public DocumentFile(long caseId, string name, byte[] bytes)
        : base(bytes, "application/octet-stream")
    {
        AboutCase = caseId;
        FileDownloadName = name;
    }

    public long AboutCase { get; }
}

/// <summary>A document for who may see the fact that it is.</summary>
public sealed class DocumentQuery(Db db, KeyRing keys)
{
    public Task<Outcome<DocumentFile>> LoadAsync(Actor actor, long id) => db.ReadAsync<Outcome<DocumentFile>>(async r =>
    {
        var row = await r.FindAsync<Row>("SELECT id, case_id, fact_id, size, pieces, state FROM document WHERE id = @id", new { id });
        if (row is null || await CaseAccess.FindAsync(r, actor, row.CaseId) is null
            || (await VisibleFacts.LoadAsync(r, actor, row.CaseId)).Find(f => f.Id == row.FactId) is not { } fact)
        {
            return new Refusal("document-unknown");
        }

        return row.State is "waiting" or "refused" ? new Refusal($"document-{row.State}")
            : await Pieces.FindAsync(r, keys, id, row.Size, row.Pieces) is { } bytes ? new DocumentFile(row.CaseId, fact.Value, bytes)
            : new Refusal("document-unknown");
    });

    private sealed class Row
    {
        public long CaseId { get; init; }

        public long FactId { get; init; }

        public long Size { get; init; }

        public int Pieces { get; init; }

        public string State { get; init; } = "";
    }
}
