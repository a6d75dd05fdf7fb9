using System.Diagnostics.Metrics;

namespace Candeia.Serving;

/// <summary>What is counted of a model. OpenTelemetry collects the meter by its name; <see cref="Prometheus"/> writes the same.</summary>
sealed class ServingMeters
{
    public const string Name = "Candeia.Serving";

    static readonly double[] s_seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
    static readonly int[] s_sizes = [1, 2, 4, 8, 16, 32, 64, 128];

    readonly Counter<long> _requests, _items;
    readonly Histogram<double> _duration;
    readonly Histogram<int> _batch;
    readonly UpDownCounter<int> _active;
    readonly KeyValuePair<string, object?> _model;

    public ServingMeters(Meter meter, string model)
    {
        _model = new("model", model);
        _requests = meter.CreateCounter<long>("candeia.serving.requests", "{request}", "Requests that were answered, by status.");
        _items = meter.CreateCounter<long>("candeia.serving.items", "{item}", "Items that were computed.");
        _duration = meter.CreateHistogram("candeia.serving.request.duration", "s", "From a request's last byte to its answer.", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = s_seconds });
        _batch = meter.CreateHistogram("candeia.serving.batch.size", "{item}", "Items of the batches that were computed.", advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = s_sizes });
        _active = meter.CreateUpDownCounter<int>("candeia.serving.active", "{request}", "Requests that wait for their batch or are computed.");
    }

    public void Came() => _active.Add(1, _model);

    public void Went() => _active.Add(-1, _model);

    public void Computed(int rows)
    {
        _items.Add(rows, _model);
        _batch.Record(rows, _model);
    }

    public void Answered(int status) => _requests.Add(1, _model, new("status", status));

    public void Took(TimeSpan time) => _duration.Record(time.TotalSeconds, _model);
}
