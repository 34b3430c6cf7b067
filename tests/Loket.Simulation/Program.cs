namespace Loket.Simulation;

/// <summary>The command: 0 when every invariant holds, 1 when one does not, 2 when nothing can be said.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        if (Options.Parse(args, out var error) is not { } options)
        {
            Console.Error.WriteLine($"{error}{Environment.NewLine}{Options.Usage}");
            return 2;
        }

        try
        {
            var summary = await new Run(options, Console.WriteLine).GoAsync();
            summary.Print();
            if (options.Json is not null)
            {
                summary.Write(options.Json);
            }

            return summary.Violations.Count == 0 ? 0 : 1;
        }
        catch (NothingToSayException unheard)
        {
            Console.Error.WriteLine($"Nothing can be said: {unheard.Message}");
            return 2;
        }
        catch (InvalidOperationException broken)
        {
            Console.Error.WriteLine($"VIOLATION {broken.Message}");
            return 1;
        }
        catch (KeyNotFoundException missing)
        {
            // A field that an answer used to have: nothing can be said about what such a server does.
            Console.Error.WriteLine($"The server's answers are not those this simulation knows. Build both from the same commit.{Environment.NewLine}{missing.StackTrace}");
            return 2;
        }
    }
}
