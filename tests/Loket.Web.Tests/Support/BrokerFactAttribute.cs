namespace Loket.Web.Tests.Support;

/// <summary>Runs with the RabbitMQ broker that <c>LOKET_TEST_RABBITMQ</c> names (amqp://…); without it the test is reported as skipped, by name.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrokerFactAttribute : FactAttribute
{
    private const string Variable = "LOKET_TEST_RABBITMQ";

    public BrokerFactAttribute()
    {
        if (Broker is null)
        {
            Skip = $"{Variable} is not set: not run with a broker";
        }
    }

    public static Uri? Broker => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } broker ? new Uri(broker) : null;
}
