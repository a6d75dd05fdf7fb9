using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Candeia.Serving;

/// <summary>The numbers of a meter as text that Prometheus reads.</summary>
sealed class Prometheus : IDisposable
{
    /// <summary>The format of <see cref="Write"/>.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    readonly MeterListener _listener = new();
    readonly ConcurrentDictionary<string, Family> _families = [];

    public Prometheus(Meter meter)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter != meter) return;
            double[]? bounds = instrument switch
            {
                Histogram<double> h => [.. h.Advice?.HistogramBucketBoundaries ?? []],
                Histogram<int> h => [.. (h.Advice?.HistogramBucketBoundaries ?? []).Select(b => (double)b)],
                _ => null,
            };
            listener.EnableMeasurementEvents(instrument, _families.GetOrAdd(instrument.Name, _ => new(instrument, bounds)));
        };
        _listener.SetMeasurementEventCallback<int>((_, value, tags, family) => ((Family)family!).Add(value, tags));
        _listener.SetMeasurementEventCallback<long>((_, value, tags, family) => ((Family)family!).Add(value, tags));
        _listener.SetMeasurementEventCallback<double>((_, value, tags, family) => ((Family)family!).Add(value, tags));
        _listener.Start();
    }

    /// <summary>All numbers as they are now.</summary>
    public string Write()
    {
        var text = new StringBuilder();
        foreach (var family in _families.Values.OrderBy(f => f.Name, StringComparer.Ordinal)) family.Write(text);
        return text.ToString();
    }

    public void Dispose() => _listener.Dispose();

    /// <summary>An instrument, and a series for each of its tags.</summary>
    sealed class Family(Instrument instrument, double[]? bounds)
    {
        readonly Dictionary<(object? First, object? Second), Series> _series = [];           // by the values of the tags, of which there are two at most

        public string Name { get; } = instrument.Name.Replace('.', '_') + (bounds is not null && instrument.Unit == "s" ? "_seconds" : instrument is Counter<long> ? "_total" : "");

        public void Add(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            if (tags.Length > 2) throw new NotSupportedException($"{Name} has more than two tags.");
            var key = (tags.Length > 0 ? tags[0].Value : null, tags.Length > 1 ? tags[1].Value : null);
            lock (_series)
            {
                if (!_series.TryGetValue(key, out var series)) _series[key] = series = new(Labels(tags), new long[(bounds?.Length ?? 0) + 1]);
                series.Sum += value;
                int bucket = 0;
                while (bounds is not null && bucket < bounds.Length && value > bounds[bucket]) bucket++;
                series.Buckets[bucket]++;
            }
        }

        public void Write(StringBuilder text)
        {
            string kind = bounds is not null ? "histogram" : instrument is Counter<long> ? "counter" : "gauge";
            text.Append(CultureInfo.InvariantCulture, $"# HELP {Name} {instrument.Description}\n# TYPE {Name} {kind}\n");
            lock (_series)
            {
                foreach (var series in _series.Values.OrderBy(s => s.Labels, StringComparer.Ordinal))
                    if (bounds is null) text.Append(CultureInfo.InvariantCulture, $"{Name}{{{series.Labels}}} {series.Sum}\n");
                    else Histogram(text, series, bounds);
            }
        }

        static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            List<string> labels = [];
            foreach (var (name, said) in tags)
                labels.Add($"{name}=\"{string.Create(CultureInfo.InvariantCulture, $"{said}").Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"");
            return string.Join(',', labels);
        }

        void Histogram(StringBuilder text, Series series, double[] bounds)
        {
            string labels = series.Labels;
            long below = 0;
            for (int i = 0; i <= bounds.Length; i++)
            {
                below += series.Buckets[i];
                string bound = i < bounds.Length ? bounds[i].ToString(CultureInfo.InvariantCulture) : "+Inf";
                text.Append(CultureInfo.InvariantCulture, $"{Name}_bucket{{{labels},le=\"{bound}\"}} {below}\n");
            }
            text.Append(CultureInfo.InvariantCulture, $"{Name}_sum{{{labels}}} {series.Sum}\n{Name}_count{{{labels}}} {below}\n");
        }
    }

    /// <summary>The sum of what was measured, and how often which bucket was hit.</summary>
    sealed class Series(string labels, long[] buckets)
    {
        public readonly string Labels = labels;
        public double Sum;
        public readonly long[] Buckets = buckets;
    }
}
