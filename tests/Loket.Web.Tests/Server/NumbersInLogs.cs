using System.Collections.Concurrent;
using Loket.Web.Tests.Support;
using Microsoft.Extensions.Logging;

namespace Loket.Web.Tests.Server;

/// <summary>Reads every line that is logged, with its exception and its scopes, for what could be a citizen's number.</summary>
public sealed class NumbersInLogs : ILoggerProvider, ISupportExternalScope
{
    private IExternalScopeProvider scopes = new LoggerExternalScopeProvider();
    private int lines;

    public int Lines => lines;

    public ConcurrentQueue<string> Found { get; } = new();

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => scopes = scopeProvider;

    public ILogger CreateLogger(string categoryName) => new Reading(this, categoryName);

    public void Dispose()
    {
    }

    private void Read(string text)
    {
        Interlocked.Increment(ref lines);
        if (CitizenNumbers.In(text).Any())
        {
            Found.Enqueue(text);
        }
    }

    private sealed class Reading(NumbersInLogs logs, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Debug;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var text = $"{category}: {formatter(state, exception)} {exception}";
            logs.scopes.ForEachScope((scope, _) => text += $" {scope}", state);
            logs.Read(text);
        }
    }
}
