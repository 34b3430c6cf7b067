using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Loket.Browser.Tests;

/// <summary>What axe finds against WCAG 2.2 A and AA on the page as it stands: only what is wrong comes back over the wire.</summary>
public static class Axe
{
    private const string Run = """
        async ([source, rules]) => {
          if (!window.axe) { (0, eval)(source); }
          const only = rules.length > 0 ? { type: 'rule', values: rules } : { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] };
          const found = await window.axe.run(document, { runOnly: only, resultTypes: ['violations'] });
          return found.violations.flatMap(v => v.nodes.map(n => `${v.id}: ${v.help}: ${n.html}`));
        }
        """;

    /// <summary>All that a theme can break.</summary>
    private static readonly string[] Colours = ["color-contrast", "link-in-text-block"];

    private static readonly Lazy<string> Source = new(() =>
    {
        using var script = new StreamReader(typeof(AxeRunOptions).Assembly.GetManifestResourceStream("Deque.AxeCore.Commons.Resources.axe.min.js")!);
        return script.ReadToEnd();
    });

    /// <summary>Every rule in the theme the page has, and those of colour in the other one too.</summary>
    public static async Task<IReadOnlyList<string>> InBothThemesAsync(IPage page)
    {
        var here = await AskAsync(page);
        await TurnAsync(page);
        var there = await AskAsync(page, Colours);
        await TurnAsync(page);
        return [.. here, .. there.Select(fault => $"in the other theme: {fault}")];
    }

    public static async Task<IReadOnlyList<string>> AskAsync(IPage page, params string[] rules) => await page.EvaluateAsync<string[]>(Run, new object[] { Source.Value, rules });

    private static Task TurnAsync(IPage page) =>
        page.EvaluateAsync("() => { const root = document.documentElement; root.dataset.theme = root.dataset.theme === 'dark' ? 'light' : 'dark'; }");
}
