using Loket.Web.Journal;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace Loket.Web.Live;

/// <summary>
/// With <c>Live:Doorbell=rabbitmq</c> every commit rings at all nodes at once. A ring is empty: it says that there is
/// something to read, and nothing of what. Without the broker the tails find it by themselves at their next look, so a
/// broker that is down makes news slower and loses none; it is connected to again without a restart.
/// </summary>
public sealed class BrokerDoorbell(IConfiguration configuration, Doorbell doorbell, Connections connections, TimeProvider clock, ILogger<BrokerDoorbell> log)
    : BackgroundService
{
    private const string Exchange = "loket.doorbell";
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // However many rings came, there is one thing to do: look.
    private static readonly Dictionary<string, object?> OneRingWaits = new(StringComparer.Ordinal) { ["x-max-length"] = 1 };

    private volatile bool connected;

    /// <summary>Whether rings come and go; null when no broker was set.</summary>
    public bool? IsConnected => Broker(configuration) is null ? null : connected;

    /// <summary>The address of the broker, or null when the nodes only look by themselves.</summary>
    public static string? Broker(IConfiguration configuration) =>
        configuration["Live:Doorbell"] == "rabbitmq" && configuration["Live:Broker"] is { Length: > 0 } address ? address : null;

    /// <summary>What is wrong with the settings; null when nothing is.</summary>
    public static string? Fault(IConfiguration configuration) => configuration["Live:Doorbell"] switch
    {
        null or "" or "poll" => null,
        "rabbitmq" => Uri.TryCreate(configuration["Live:Broker"], UriKind.Absolute, out var address) && address.Scheme is "amqp" or "amqps"
            ? null : "The doorbell between nodes has no broker: set Live__Broker to its address, as amqps://user:password@host/, or Live__Doorbell=poll.",
        _ => "Live__Doorbell is poll or rabbitmq.",
    };

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (Broker(configuration) is not { } address)
        {
            return;
        }

        var factory = new ConnectionFactory
        {
            Uri = new Uri(address), ClientProvidedName = "Loket", AutomaticRecoveryEnabled = false, RequestedHeartbeat = Patience,
            RequestedConnectionTimeout = Patience, ContinuationTimeout = Patience, HandshakeContinuationTimeout = Patience,
        };
        var said = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RingAsync(factory, stoppingToken);
            }
            catch (Exception fault) when (fault is RabbitMQClientException or IOException or System.Net.Sockets.SocketException or TimeoutException
                || (fault is OperationCanceledException && !stoppingToken.IsCancellationRequested))
            {
                if (connected || !said)
                {
                    log.LogWarning("The broker is gone ({Fault}): news of other nodes comes a little later, and none is lost", fault.GetType().Name);
                    said = true;
                }
            }

            connected = false;
            await Task.Delay(BetweenTries, clock, stoppingToken);
        }
    }

    // Until the connection ends.
    private async Task RingAsync(ConnectionFactory factory, CancellationToken ct)
    {
        await using var connection = await factory.CreateConnectionAsync(ct);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: ct);
        await channel.ExchangeDeclareAsync(Exchange, ExchangeType.Fanout, durable: false, autoDelete: false, cancellationToken: ct);
        var queue = await channel.QueueDeclareAsync("", durable: false, exclusive: true, autoDelete: true, OneRingWaits, cancellationToken: ct);
        await channel.QueueBindAsync(queue.QueueName, Exchange, "", cancellationToken: ct);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, ring) =>
        {
            if (ring.BasicProperties.AppId != connections.Holder)
            {
                doorbell.Hear();
            }

            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(queue.QueueName, autoAck: true, consumer, ct);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        channel.ChannelShutdownAsync += (_, _) =>
        {
            ended.TrySetResult();
            return Task.CompletedTask;
        };
        connected = true;
        log.LogInformation("Connected to the broker");

        var ours = new BasicProperties { AppId = connections.Holder };
        var ring = doorbell.NextHere;
        while (await Task.WhenAny(ring, ended.Task).WaitAsync(ct) == ring)
        {
            ring = doorbell.NextHere;
            await channel.BasicPublishAsync(Exchange, "", mandatory: false, ours, ReadOnlyMemory<byte>.Empty, ct);
        }

        throw new EndOfStreamException();
    }
}
