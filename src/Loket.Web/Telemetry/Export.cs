using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Loket.Web.Telemetry;

/// <summary>
/// Sends measures and traces over OTLP to <c>Otel:Endpoint</c> (gRPC, or HTTP with <c>Otel:Protocol=http</c>); nothing
/// anywhere when that is not set.
/// </summary>
public sealed class Export(IConfiguration configuration, NodeGauges gauges) : IHostedService, IDisposable
{
    private MeterProvider? meters;
    private TracerProvider? traces;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (configuration["Otel:Endpoint"] is { Length: > 0 } endpoint)
        {
            gauges.Start();
            var resource = ResourceBuilder.CreateEmpty().AddService("loket", serviceInstanceId: Environment.MachineName);
            meters = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource)
                .AddMeter(Measures.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Http.Connections", "System.Runtime")
                .AddOtlpExporter(o => To(o, endpoint, "v1/metrics")).Build();
            traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource)
                .AddSource(Measures.Name, "Microsoft.AspNetCore").AddProcessor(new NothingPersonal())
                .AddOtlpExporter(o => To(o, endpoint, "v1/traces")).Build();
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        traces?.Dispose();
        meters?.Dispose();
    }

    private void To(OtlpExporterOptions options, string endpoint, string path)
    {
        var http = configuration["Otel:Protocol"] == "http";
        options.Protocol = http ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
        options.Endpoint = http ? new Uri(new Uri(endpoint.TrimEnd('/') + "/"), path) : new Uri(endpoint);
    }
}

/// <summary>Only what is named here leaves with a trace: no address, no query, no header, no text of an error.</summary>
internal sealed class NothingPersonal : BaseProcessor<Activity>
{
    private static readonly HashSet<string> Allowed = new(StringComparer.Ordinal)
    {
        "http.request.method", "http.response.status_code", "http.route", "error.type", "loket.operation", "loket.refusal",
    };

    public override void OnEnd(Activity data)
    {
        foreach (var tag in data.TagObjects.Where(tag => !Allowed.Contains(tag.Key)).ToList())
        {
            data.SetTag(tag.Key, null);
        }

        if (data.StatusDescription is not null)
        {
            data.SetStatus(data.Status);
        }
    }
}
