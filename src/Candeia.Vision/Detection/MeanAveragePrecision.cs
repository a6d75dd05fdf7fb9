using Candeia.Images;

namespace Candeia.Vision;

/// <summary>
/// How good found boxes are, by COCO's definition (<see href="https://cocodataset.org/#detection-eval">pycocotools</see>): the mean precision over all recalls, classes,
/// and ten overlaps from which on a box counts as found; or the same of masks, or of places.
/// </summary>
/// <example><code>
/// var scene = new Annotated(Tensor.Zeros([3, 40, 40]), new Boxes([[5f, 5, 20, 20]]), Labels: Tensor.From([1L]));
/// var measure = new MeanAveragePrecision();
/// measure.Add(new Detections(new Boxes([[5f, 5, 20, 18]]), Tensor.From([1L]), Tensor.From([0.9f])), scene);
/// var result = measure.Compute();
/// Console.WriteLine($"{result.Map:0.0} {result.Map50:0.0}");              // → 0.8 1.0
/// </code></example>
public sealed class MeanAveragePrecision
{
    const int Recalls = 101;

    /// <summary>How unsure people are of nose, eyes, ears, shoulders, elbows, wrists, hips, knees, ankles, as parts of the root of a body's area.</summary>
    static readonly double[] s_spreads = [.026, .025, .025, .035, .035, .079, .079, .072, .072, .062, .062, .107, .107, .087, .087, .089, .089];
    static readonly double[] s_overlaps = [.. Enumerable.Range(0, 10).Select(i => 0.5 + 0.05 * i)];
    static readonly (double Least, double Most)[] s_areas = [(0, 1e10), (0, 32 * 32), (32 * 32, 96 * 96), (96 * 96, 1e10)];

    /// <summary>What was found and what is there, of a class in a picture: overlaps [found, there], the surest first.</summary>
    sealed record Picture(float[] Scores, double[] FoundAreas, double[] Areas, bool[] Counts, double[,] Overlaps);

    readonly Dictionary<long, List<Picture>> _byClass = [];
    readonly Compared _compared;
    readonly IReadOnlyList<double> _spreads;
    readonly int[] _most;

    /// <param name="compared">What is compared: boxes, masks, or places.</param>
    /// <param name="spreads">Of places, how unsure people are of each, as a part of the root of a thing's area; COCO's for the seventeen of people, if nothing is said.</param>
    public MeanAveragePrecision(Compared compared = Compared.Boxes, IReadOnlyList<double>? spreads = null) =>
        (_compared, _spreads, _most) = (compared, spreads ?? s_spreads, compared == Compared.KeyPoints ? [1, 10, 20] : [1, 10, 100]);

    /// <summary>Counts a picture.</summary>
    /// <param name="found">What a network has found in it.</param>
    /// <param name="truth">The same picture with all boxes and labels.</param>
    /// <exception cref="ArgumentException">The picture has no boxes with labels, or what is compared is not there.</exception>
    /// <remarks>The area of a thing is that of its mask or its box; where places are compared, of its mask, if the picture has one for each thing, or else of its box.</remarks>
    public void Add(Detections found, Annotated truth)
    {
        ArgumentNullException.ThrowIfNull(found);
        ArgumentNullException.ThrowIfNull(truth);
        if (truth.Boxes is not { } boxes || (truth.Labels?.ToArray<long>() ?? []) is not { } labels || labels.Length != boxes.Count)
            throw new ArgumentException("What was found is compared with boxes and as many labels, and the picture has not both.", nameof(truth));
        long[] called = found.Labels.ToArray<long>();
        float[] sure = found.Scores.ToArray<float>();
        var likeness = Likeness.Between(_compared, found, truth, _spreads);
        foreach (long of in labels.Concat(called).Distinct())
        {
            int[] guesses = [.. Enumerable.Range(0, called.Length).Where(i => called[i] == of).OrderByDescending(i => sure[i]).Take(_most[^1])];
            int[] things = [.. Enumerable.Range(0, labels.Length).Where(i => labels[i] == of)];
            double[,] overlaps = new double[guesses.Length, things.Length];
            for (int g = 0; g < guesses.Length; g++)
                for (int t = 0; t < things.Length; t++) overlaps[g, t] = likeness.Of(guesses[g], things[t]);
            if (!_byClass.TryGetValue(of, out var pictures)) _byClass[of] = pictures = [];
            pictures.Add(new(
                [.. guesses.Select(g => sure[g])], [.. guesses.Select(likeness.FoundArea)], [.. things.Select(likeness.Area)], [.. things.Select(likeness.Counts)], overlaps));
        }
    }

    /// <summary>The result of all pictures so far.</summary>
    public AveragePrecision Compute()
    {
        var all = _byClass.OrderBy(c => c.Key).Select(c => (c.Key, Curves: Measure(c.Value, area: 0, most: 2))).Where(c => c.Curves is not null).ToArray();
        double Precision(int area, int? overlap = null) => Mean(_byClass.Values.Select(c => Measure(c, area, most: 2)).OfType<(double[] Precision, double[] Recall)>()
            .Select(m => overlap is { } o ? m.Precision[o] : m.Precision.Average()));
        double Recall(int area, int most) => Mean(_byClass.Values.Select(c => Measure(c, area, most)).OfType<(double[] Precision, double[] Recall)>().Select(m => m.Recall.Average()));
        return new(Precision(0), Precision(0, 0), Precision(0, 5))
        {
            MapSmall = Precision(1),
            MapMedium = Precision(2),
            MapLarge = Precision(3),
            Mar1 = Recall(0, 0),
            Mar10 = Recall(0, 1),
            Mar100 = Recall(0, 2),
            PerClass = all.ToDictionary(c => c.Key, c => c.Curves!.Value.Precision.Average()),
        };
    }

    static double Mean(IEnumerable<double> values) => values.DefaultIfEmpty(double.NaN).Average();

    /// <summary>Mean precision and the highest recall of a class for each overlap; null where no thing of it is so large.</summary>
    (double[] Precision, double[] Recall)? Measure(List<Picture> pictures, int area, int most)
    {
        var (least, largest) = s_areas[area];
        int things = pictures.Sum(p => p.Areas.Zip(p.Counts).Count(t => t.Second && t.First >= least && t.First <= largest));
        if (things == 0) return null;
        double[] precision = new double[s_overlaps.Length], recall = new double[s_overlaps.Length];
        for (int o = 0; o < s_overlaps.Length; o++)
        {
            var marks = pictures.SelectMany(p => Judge(p, s_overlaps[o], _most[most], least, largest)).OrderByDescending(m => m.Score).ToArray();
            (precision[o], recall[o]) = Curve(marks, things);
        }
        return (precision, recall);
    }

    /// <summary>Whether each of the surest boxes is right; what is of no interest is left out.</summary>
    static IEnumerable<(float Score, bool IsRight)> Judge(Picture picture, double least, int most, double smallest, double largest)
    {
        bool[] ignored = [.. picture.Areas.Zip(picture.Counts).Select(t => !t.Second || t.First < smallest || t.First > largest)], taken = new bool[ignored.Length];
        for (int g = 0; g < Math.Min(picture.Scores.Length, most); g++)
        {
            int best = -1;
            double overlap = Math.Min(least, 1 - 1e-10);
            // A thing that counts is taken before one that does not, however much better the latter fits.
            foreach (bool counts in (bool[])[true, false])
            {
                if (best >= 0) break;
                for (int t = 0; t < ignored.Length; t++)
                {
                    if (ignored[t] == counts || taken[t] || picture.Overlaps[g, t] < overlap) continue;
                    (overlap, best) = (picture.Overlaps[g, t], t);
                }
            }
            if (best >= 0) taken[best] = true;
            double area = picture.FoundAreas[g];
            if (best >= 0 ? !ignored[best] : area >= smallest && area <= largest) yield return (picture.Scores[g], best >= 0);
        }
    }

    /// <summary>The mean of the best precision at each recall and all higher ones, and the highest recall.</summary>
    static (double Precision, double Recall) Curve((float Score, bool IsRight)[] marks, int things)
    {
        double[] recalls = new double[marks.Length], precisions = new double[marks.Length];
        int right = 0;
        for (int i = 0; i < marks.Length; i++)
        {
            if (marks[i].IsRight) right++;
            (recalls[i], precisions[i]) = ((double)right / things, right / (i + 1.0));
        }
        for (int i = marks.Length - 2; i >= 0; i--) precisions[i] = Math.Max(precisions[i], precisions[i + 1]);
        double sum = 0;
        for (int r = 0, at = 0; r < Recalls; r++)
        {
            while (at < marks.Length && recalls[at] < r / (Recalls - 1.0)) at++;
            if (at < marks.Length) sum += precisions[at];
        }
        return (sum / Recalls, marks.Length > 0 ? recalls[^1] : 0);
    }
}

/// <summary>How good found boxes are; a number is NaN where there was nothing to find.</summary>
/// <param name="Map">The mean over ten overlaps, 0.5 to 0.95, from which on a box counts as found: what COCO's tables show.</param>
/// <param name="Map50">The same for an overlap of 0.5 alone.</param>
/// <param name="Map75">The same for 0.75.</param>
public sealed record AveragePrecision(double Map, double Map50, double Map75)
{
    /// <summary>Of things of 32 × 32 pixels at most.</summary>
    public double MapSmall { get; init; }

    /// <summary>Of things of 32 × 32 to 96 × 96 pixels.</summary>
    public double MapMedium { get; init; }

    /// <summary>Of things of 96 × 96 pixels at least.</summary>
    public double MapLarge { get; init; }

    /// <summary>The share of things that the surest box of each class finds.</summary>
    public double Mar1 { get; init; }

    /// <summary>The share that the ten surest of each class find.</summary>
    public double Mar10 { get; init; }

    /// <summary>The share that the hundred surest of each class find; of places the twenty surest, as in COCO.</summary>
    public double Mar100 { get; init; }

    /// <summary>The mean of each class that there is, by its number.</summary>
    public IReadOnlyDictionary<long, double> PerClass { get; init; } = new Dictionary<long, double>();
}
