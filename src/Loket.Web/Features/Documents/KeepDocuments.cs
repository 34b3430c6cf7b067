using System.Globalization;
using System.Security.Cryptography;
using Loket.Domain;
using Loket.Domain.Documents;
using Loket.Domain.Parties;
using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Sharing;
using Loket.Web.Security;

namespace Loket.Web.Features.Documents;

/// <summary>A file as it came: its name on the sender's machine, and its bytes.</summary>
public sealed record SentFile(string? Name, byte[]? Bytes);

public sealed record DocumentsKept(IReadOnlyList<string> DocumentIds);

/// <summary>
/// Keeps files as documents of a case, all or none: each a fact of the chosen kind, which decides with whom it may be shared,
/// with its bytes sealed in the same transaction. What it is is read from its content, never from what the sender says.
/// </summary>
public sealed class KeepDocuments(Db db, IdSource ids, KeyRing keys, SharingRules sharing, DocumentOptions options)
{
    public Task<Outcome<DocumentsKept>> RunAsync(Actor actor, long caseId, string? kind, IReadOnlyList<SentFile> files, string? key)
    {
        var read = Read(files);
        var sealedFiles = read.IsOk ? read.Value.Select(file => file.Seal(keys, ids.Next())).ToList() : [];
        var marks = files.Select(f => new { f.Name, mark = Convert.ToBase64String(SHA256.HashData(f.Bytes ?? [])) });
        return db.WriteAsync<DocumentsKept>(Command.Of(actor.Id, "documents-keep", key, new { caseId, kind, marks }), unit =>
        {
            CaseAccess.RequireWork(unit, actor, caseId);
            if (!read.IsOk)
            {
                return read.Refusal!;
            }

            var known = string.IsNullOrWhiteSpace(kind) ? Facts.OtherKind : kind;
            if (known != Facts.OtherKind && (known == "bsn" || !sharing.Kinds.Contains(known)))
            {
                return new Refusal("fact-kind-unknown");
            }

            foreach (var file in sealedFiles)
            {
                var fact = Facts.Add(unit, caseId, actor, known, "", file.Name, "document");
                unit.Execute(
                    """
                    INSERT INTO document (id, case_id, fact_id, type, size, pieces, key_version, state, next_scan_at, version)
                    VALUES (@Id, @caseId, @fact, @Type, @Size, @pieces, @KeyVersion, @state, @next, 1)
                    """,
                    new { file.Id, caseId, fact, file.Type, file.Size, pieces = file.Pieces.Count, file.KeyVersion, state = options.IsScanned ? "waiting" : "kept", next = options.IsScanned ? unit.Now : (DateTime?)null });
                Pieces.Add(unit, file.Id, file.Pieces);
            }

            return new DocumentsKept([.. sealedFiles.Select(file => file.Id.ToString(CultureInfo.InvariantCulture))]);
        });
    }

    /// <summary>What the files are, or what is wrong with the first that is not taken.</summary>
    private Outcome<List<KnownFile>> Read(IReadOnlyList<SentFile> files)
    {
        if (files.Count is 0 or > DocumentOptions.MostAtOnce)
        {
            return files.Count == 0 ? new Refusal("document-missing") : new Refusal("document-too-many", DocumentOptions.MostAtOnce.ToString(CultureInfo.InvariantCulture));
        }

        var known = new List<KnownFile>();
        foreach (var file in files)
        {
            if (file.Bytes is not { Length: > 0 } bytes)
            {
                return new Refusal("document-empty");
            }

            if (bytes.Length > options.LargestBytes)
            {
                return new Refusal("document-too-large", (options.LargestBytes / 1024 / 1024).ToString(CultureInfo.InvariantCulture));
            }

            if (FileType.Of(bytes) is not { } type)
            {
                return new Refusal("document-type");
            }

            if (DocumentName.EndingOf(file.Name) is var ending && !type.Endings.Contains(ending))
            {
                return FileType.All.Any(t => t.Endings.Contains(ending)) ? new Refusal("document-not-what-it-says", $".{type.Code}") : new Refusal("document-type");
            }

            var name = DocumentName.Safe(file.Name, type.Code, "Document");
            if (FreeText.Check(DocumentName.Longest, name) is { } no)
            {
                return no;
            }

            known.Add(new KnownFile(name, type.Code, bytes));
        }

        return known;
    }

    private sealed record KnownFile(string Name, string Type, byte[] Bytes)
    {
        public SealedFile Seal(KeyRing keys, long id) => new(id, Name, Type, Bytes.Length, keys.Newest, Documents.Pieces.Seal(keys, id, Bytes));
    }

    private sealed record SealedFile(long Id, string Name, string Type, long Size, int KeyVersion, IReadOnlyList<byte[]> Pieces);
}
