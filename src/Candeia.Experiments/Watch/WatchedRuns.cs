using System.Globalization;

namespace Candeia.Experiments;

/// <summary>What the page of watch reads.</summary>
/// <param name="Version">Changes with the numbers.</param>
/// <param name="Now">The time here, in seconds since 1970.</param>
/// <param name="Lines">All of them; null where the page has this version already.</param>
sealed record WatchedState(int Version, double Now, IReadOnlyList<ShownLine>? Lines);

/// <summary>A line of the charts.</summary>
/// <param name="Run">The name of the run.</param>
/// <param name="Phase">Such as <c>train</c>.</param>
/// <param name="Last">When its last record was written, in seconds since 1970.</param>
/// <param name="Series">Its numbers.</param>
/// <param name="Pictures">Its pictures.</param>
sealed record ShownLine(string Run, string Phase, double Last, IReadOnlyList<ShownSeries> Series, IReadOnlyList<ShownPicture> Pictures);

/// <summary>Numbers under a tag: steps, seconds since the first of its run, and values, where null stands for what is no number.</summary>
sealed record ShownSeries(string Tag, IReadOnlyList<long> Steps, IReadOnlyList<double> Seconds, IReadOnlyList<float?> Values);

/// <summary>A picture under a tag, and where to get it.</summary>
sealed record ShownPicture(string Tag, long Step, string Address);

/// <summary>All trainings below a folder. Any number of pages may ask at once.</summary>
sealed class WatchedRuns(string root)
{
    const int MostShown = 500, MostFiles = 2_000;
    static readonly string[] s_phases = ["train", "valid", "validation", "test", "eval"];
    static readonly EnumerationOptions s_below = new() { RecurseSubdirectories = true, MaxRecursionDepth = 8, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint };

    readonly SortedDictionary<string, WatchedLine> _lines = new(StringComparer.Ordinal);
    readonly Lock _lock = new();
    int _version;

    /// <summary>What there is now.</summary>
    /// <param name="known">The version that the page has.</param>
    public WatchedState Read(int known)
    {
        lock (_lock)
        {
            bool any = false;
            foreach (var folder in Directory.EnumerateFiles(root, "events.out.tfevents*", s_below).Take(MostFiles).GroupBy(f => Path.GetDirectoryName(f)!))
            {
                if (!_lines.TryGetValue(folder.Key, out var line)) _lines[folder.Key] = line = Named(folder.Key);
                any |= line.Read(folder);
            }
            if (any) _version++;
            double now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 1000.0;
            return new(_version, now, known == _version ? null : [.. _lines.Values.Select((line, i) => Shown(line, i))]);
        }
    }

    /// <summary>A picture of a line; null if there is none.</summary>
    public ReadOnlyMemory<byte>? Picture(int line, string tag)
    {
        lock (_lock) return line >= 0 && line < _lines.Count && _lines.Values.ElementAt(line).Pictures.TryGetValue(tag, out var picture) ? picture.File : null;
    }

    // A training writes into the folders train and valid, the tool's own within events.
    WatchedLine Named(string folder)
    {
        List<string> parts = [.. Path.GetRelativePath(root, folder).Split(Path.DirectorySeparatorChar).Where(p => p is not ("." or ""))];
        string phase = parts.Count > 0 && s_phases.Contains(parts[^1]) ? parts[^1] : "";
        if (phase.Length > 0) parts.RemoveAt(parts.Count - 1);
        if (parts is [.., "events"]) parts.RemoveAt(parts.Count - 1);
        return new(parts.Count > 0 ? string.Join('/', parts) : Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(root))), phase);
    }

    ShownLine Shown(WatchedLine line, int number)
    {
        double begin = _lines.Values.Where(l => l.Run == line.Run).SelectMany(l => l.Series.Values).Where(p => p.Count > 0).Select(p => p[0].Time).DefaultIfEmpty(0).Min();
        return new(line.Run, line.Phase, line.Last, [.. line.Series.Where(s => s.Value.Count > 0).Select(s => Shown(s.Key, s.Value, begin))],
            [.. line.Pictures.Select(p => new ShownPicture(p.Key, p.Value.Step, string.Create(CultureInfo.InvariantCulture, $"picture?line={number}&tag={Uri.EscapeDataString(p.Key)}&step={p.Value.Step}")))]);
    }

    static ShownSeries Shown(string tag, List<WatchedPoint> points, double begin)
    {
        int every = (points.Count + MostShown - 1) / MostShown;
        WatchedPoint[] some = [.. points.Where((_, i) => i % every == 0 || i == points.Count - 1)];
        return new(tag, [.. some.Select(p => p.Step)], [.. some.Select(p => double.IsFinite(p.Time) ? Math.Round(p.Time - begin, 2) : 0)], [.. some.Select(p => float.IsFinite(p.Value) ? p.Value : (float?)null)]);
    }
}
