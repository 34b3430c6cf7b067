using System.Text;

namespace Loket.Web.Tests.Architecture;

/// <summary>A string literal of a source file; a hole of an interpolated one stands in <see cref="Text"/> as <c>⟦expression⟧</c>.</summary>
internal sealed record Literal(string Text, int Line);

/// <summary>
/// A C# source file taken apart: its string literals, and its code without comments and literals. Knows plain, verbatim,
/// interpolated and raw strings.
/// </summary>
internal sealed class CSharpText
{
    private readonly string source;
    private readonly StringBuilder code = new();
    private readonly List<Literal> literals = [];
    private int at;

    private CSharpText(string source) => this.source = source;

    public string Code => code.ToString();

    public IReadOnlyList<Literal> Literals => literals;

    public static CSharpText Read(string source)
    {
        var text = new CSharpText(source);
        text.ReadCode(int.MaxValue);
        return text;
    }

    // Reads code up to the brace that closes a hole, or to the end of the file.
    private void ReadCode(int depth)
    {
        while (at < source.Length)
        {
            if (Next("//"))
            {
                Skip(until: "\n");
            }
            else if (Next("/*"))
            {
                Skip(until: "*/");
                at = Math.Min(at + 2, source.Length);
            }
            else if (source[at] == '\'')
            {
                ReadCharacter();
            }
            else if (StringStart() is (int start, int dollars, bool verbatim))
            {
                at = start;
                ReadString(dollars, verbatim);
            }
            else
            {
                depth += source[at] switch { '{' => 1, '}' => -1, _ => 0 };
                if (depth == 0)
                {
                    return;
                }

                code.Append(source[at++]);
            }
        }
    }

    private bool Next(string token) => string.CompareOrdinal(source, at, token, 0, token.Length) == 0;

    private void Skip(string until)
    {
        var end = source.IndexOf(until, at, StringComparison.Ordinal);
        at = end < 0 ? source.Length : end;
    }

    private void ReadCharacter()
    {
        at++;
        while (source[at] != '\'')
        {
            at += source[at] == '\\' ? 2 : 1;
        }

        at++;
    }

    private (int Start, int Dollars, bool Verbatim)? StringStart()
    {
        var (i, dollars, verbatim) = (at, 0, false);
        for (; i < source.Length && source[i] is '$' or '@'; i++)
        {
            dollars += source[i] == '$' ? 1 : 0;
            verbatim |= source[i] == '@';
        }

        return i < source.Length && source[i] == '"' ? (i, dollars, verbatim) : null;
    }

    private void ReadString(int dollars, bool verbatim)
    {
        var line = source.AsSpan(0, at).Count('\n') + 1;
        var quotes = source.AsSpan(at).IndexOfAnyExcept('"') is var run && run < 0 ? source.Length - at : run;
        if (quotes == 2 && !verbatim)
        {
            at += 2;
            literals.Add(new Literal("", line));
            return;
        }

        var raw = quotes >= 3 && !verbatim;
        var close = raw ? new string('"', quotes) : "\"";
        at += close.Length;
        var text = new StringBuilder();
        while (at < source.Length && !(Next(close) && !(verbatim && Next("\"\""))))
        {
            var braces = source.AsSpan(at).IndexOfAnyExcept('{') is var n && n < 0 ? 0 : n;
            if (dollars > 0 && (raw ? braces >= dollars : braces % 2 == 1))
            {
                at += braces;
                text.Append('⟦').Append(Hole()).Append('⟧');
                at += raw ? dollars : 1;
            }
            else
            {
                var step = verbatim && Next("\"\"") ? 2 : !raw && !verbatim && source[at] == '\\' ? 2 : Math.Max(1, dollars > 0 && !raw ? braces : 1);
                text.Append(source, at, step);
                at += step;
            }
        }

        at += close.Length;
        literals.Add(new Literal(text.ToString(), line));
        code.Append("\"\"");
    }

    // The expression in a hole; strings inside it are literals of their own.
    private string Hole()
    {
        var start = at;
        ReadCode(1);
        return source[start..at];
    }
}
