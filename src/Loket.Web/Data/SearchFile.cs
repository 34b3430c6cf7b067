using System.Data;
using Microsoft.Data.Sqlite;

namespace Loket.Web.Data;

/// <summary>
/// One thing that can be found. Every field holds words as they compare (<c>SearchWords</c>), phrases parted by
/// <c>|</c>; <paramref name="Shown"/> is what the finder needs to show it. <paramref name="Part"/>: 0 for the few that
/// most questions are about, 1 for the many, 2 for what only counts together with a place.
/// </summary>
public sealed record SearchDocument(int Part, string Names, string Short, string Synonyms, string Place, string Body, string Shown);

/// <summary>
/// A full-text index (FTS5) in a file of its own, the same under both engines: built whole, then only read, over
/// pooled connections. It holds reference data alone.
/// </summary>
public sealed class SearchFile
{
    private const long PartSize = 1_000_000;
    private readonly string connectionString;

    private SearchFile(string path)
    {
        connectionString = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly }.ToString();
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT word, documents FROM word ORDER BY word";
        using var reader = command.ExecuteReader();
        var words = new Dictionary<string, int>(StringComparer.Ordinal);
        while (reader.Read())
        {
            words.Add(reader.GetString(0), reader.GetInt32(1));
        }

        Words = words;
    }

    /// <summary>Every word that can be found, with the number of documents of parts 0 and 1 that hold it.</summary>
    public IReadOnlyDictionary<string, int> Words { get; }

    public static SearchFile At(string path) => new(path);

    /// <summary>Writes the index beside <paramref name="path"/> and puts it there in one move, so that nobody opens half of it.</summary>
    public static void Build(string path, IEnumerable<SearchDocument> documents)
    {
        var making = $"{path}.{Guid.NewGuid():N}";
        try
        {
            Write(making, documents);
            File.Move(making, path, overwrite: true);
        }
        finally
        {
            // Half of one, on a disk that is full.
            File.Delete(making);
        }
    }

    /// <summary>The documents of a part that hold any of the words, those that fit best first.</summary>
    public IReadOnlyList<SearchDocument> Find(int part, IEnumerable<string> words, int most) => Match(part, Any(words), most);

    /// <summary>The documents that hold one of the words in their place and one of them elsewhere.</summary>
    public IReadOnlyList<SearchDocument> FindAtPlace(int part, IReadOnlyCollection<string> words, int most) =>
        Match(part, $"{{place}} : ({Any(words)}) AND {{names synonyms}} : ({Any(words)})", most);

    /// <summary>Closes what is open, so that the file can go.</summary>
    public void Close() => SqliteConnection.ClearPool(new SqliteConnection(connectionString));

    private static void Write(string path, IEnumerable<SearchDocument> documents)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        Run(connection, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF");
        Run(connection, "CREATE VIRTUAL TABLE document USING fts5(names, short, synonyms, place, body, shown UNINDEXED)");
        Run(connection, "CREATE TABLE word (word TEXT NOT NULL PRIMARY KEY, documents INTEGER NOT NULL) WITHOUT ROWID");
        using var transaction = connection.BeginTransaction();
        Fill(connection, transaction, documents);
        Run(connection, "CREATE VIRTUAL TABLE vocabulary USING fts5vocab(document, instance)", transaction);
        Run(
            connection,
            $"INSERT INTO word SELECT term, COUNT(DISTINCT CASE WHEN doc < {2 * PartSize} THEN doc END) FROM vocabulary GROUP BY term",
            transaction);
        Run(connection, "DROP TABLE vocabulary", transaction);
        transaction.Commit();
    }

    private List<SearchDocument> Match(int part, string question, int most)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT names, short, synonyms, place, body, shown FROM document
            WHERE document MATCH @question AND rowid BETWEEN @first AND @last ORDER BY bm25(document, 8, 10, 6, 6, 1) LIMIT @most
            """;
        command.Parameters.AddWithValue("@question", question);
        command.Parameters.AddWithValue("@first", part * PartSize);
        command.Parameters.AddWithValue("@last", ((part + 1) * PartSize) - 1);
        command.Parameters.AddWithValue("@most", most);
        using var reader = command.ExecuteReader(CommandBehavior.SingleResult);
        var found = new List<SearchDocument>();
        while (reader.Read())
        {
            found.Add(new(part, reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetString(4), reader.GetString(5)));
        }

        return found;
    }

    // Each word is quoted by itself: AND, a hyphen or a quote that somebody typed is a word, not a command.
    private static string Any(IEnumerable<string> words) => string.Join(" OR ", words.Select(w => $"\"{w.Replace("\"", "\"\"", StringComparison.Ordinal)}\""));

    private static void Fill(SqliteConnection connection, SqliteTransaction transaction, IEnumerable<SearchDocument> documents)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "INSERT INTO document (rowid, names, short, synonyms, place, body, shown) VALUES (@row, @names, @short, @synonyms, @place, @body, @shown)";
        foreach (var name in (string[])["@row", "@names", "@short", "@synonyms", "@place", "@body", "@shown"])
        {
            command.Parameters.AddWithValue(name, "");
        }

        var rows = new long[3];
        foreach (var document in documents)
        {
            command.Parameters[0].Value = (document.Part * PartSize) + ++rows[document.Part];
            command.Parameters[1].Value = document.Names;
            command.Parameters[2].Value = document.Short;
            command.Parameters[3].Value = document.Synonyms;
            command.Parameters[4].Value = document.Place;
            command.Parameters[5].Value = document.Body;
            command.Parameters[6].Value = document.Shown;
            command.ExecuteNonQuery();
        }
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        return connection;
    }

    private static void Run(SqliteConnection connection, string text, SqliteTransaction? transaction = null)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = text;
        command.ExecuteNonQuery();
    }
}
