using Candeia.Training;

namespace Candeia.Experiments;

/// <summary>A number of a training, at a step.</summary>
readonly record struct WatchedPoint(long Step, double Time, float Value);

/// <summary>The event files of one folder: the training or the validation of a run.</summary>
sealed class WatchedLine(string run, string phase)
{
    const int MostPoints = 200_000, MostSeries = 2_000, MostPictures = 64;

    readonly Dictionary<string, WatchedFile> _files = [];

    public string Run => run;

    /// <summary>Such as <c>train</c>; nothing where the folder does not say.</summary>
    public string Phase => phase;

    /// <summary>The numbers under each tag, by step.</summary>
    public SortedDictionary<string, List<WatchedPoint>> Series { get; } = new(StringComparer.Ordinal);

    /// <summary>The last picture under each tag.</summary>
    public SortedDictionary<string, (long Step, ReadOnlyMemory<byte> File)> Pictures { get; } = new(StringComparer.Ordinal);

    /// <summary>When the last record was written, in seconds since 1970.</summary>
    public double Last { get; private set; }

    /// <summary>Reads what has come to these files; whether anything has.</summary>
    public bool Read(IEnumerable<string> files)
    {
        bool any = false;
        foreach (string file in files.Order(StringComparer.Ordinal))       // their names begin with the time
        {
            if (!_files.TryGetValue(file, out var watched)) _files[file] = watched = new(file);
            foreach (var record in watched.Read())
            {
                any = true;
                Add(record);
            }
        }
        return any;
    }

    void Add(TensorBoardEvent record)
    {
        if (double.IsFinite(record.WallTime)) Last = Math.Max(Last, record.WallTime);
        if (record.IsStart) foreach (var points in Series.Values) points.RemoveAll(p => p.Step >= record.Step);      // a run that was interrupted goes on from there
        foreach (var value in record.Values)
            if (value is ScalarSummary scalar)
            {
                if (!Series.TryGetValue(scalar.Tag, out var points))
                {
                    if (Series.Count >= MostSeries) continue;
                    Series[scalar.Tag] = points = [];
                }
                points.Add(new(record.Step, record.WallTime, scalar.Value));
                if (points.Count > MostPoints) Thin(points);
            }
            else if (value is ImageSummary picture && (Pictures.ContainsKey(picture.Tag) || Pictures.Count < MostPictures)) Pictures[picture.Tag] = (record.Step, picture.Encoded);
    }

    static void Thin(List<WatchedPoint> points)
    {
        int kept = 0;
        for (int i = 0; i < points.Count; i += 2) points[kept++] = points[i];
        points.RemoveRange(kept, points.Count - kept);
    }
}
