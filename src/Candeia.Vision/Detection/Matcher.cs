namespace Candeia.Vision;

/// <summary>Which of the marked boxes a box stands for.</summary>
/// <param name="high">From so much overlap on it stands for one.</param>
/// <param name="low">Below so much it stands for none; between, nobody asks.</param>
/// <param name="best">Whether the best boxes of each marked one stand for it, however little they overlap.</param>
internal sealed class Matcher(double high, double low, bool best)
{
    /// <summary>Stands for none.</summary>
    public const int None = -1;

    /// <summary>Nobody asks.</summary>
    public const int Unasked = -2;

    /// <summary>The number of the marked box for each of the boxes [n, 4].</summary>
    public int[] Match(Tensor marked, Tensor boxes)
    {
        int things = marked.Shape[0], count = boxes.Shape[0];
        int[] matches = new int[count];
        Array.Fill(matches, None);
        if (things == 0) return matches;
        float[] overlaps = BoxOps.Iou(marked, boxes).ToArray<float>(), most = new float[count];
        Array.Fill(most, float.NegativeInfinity);
        for (int thing = 0; thing < things; thing++)
            for (int i = 0; i < count; i++)
                if (overlaps[thing * count + i] > most[i]) (most[i], matches[i]) = (overlaps[thing * count + i], thing);
        int[] all = [.. matches];
        for (int i = 0; i < count; i++)
            if (most[i] < (float)low) matches[i] = None;
            else if (most[i] < (float)high) matches[i] = Unasked;
        if (!best) return matches;
        for (int thing = 0; thing < things; thing++)
        {
            var row = overlaps.AsSpan(thing * count, count);
            float largest = System.Numerics.Tensors.TensorPrimitives.Max<float>(row);
            // Where nothing overlaps, all would be the best.
            if (!(largest > 0)) continue;
            for (int i = 0; i < count; i++)
                if (row[i] == largest) matches[i] = all[i];
        }
        return matches;
    }

    /// <summary>Some of the boxes that stand for a thing, and some that stand for none, at random: things are rare.</summary>
    /// <param name="labels">Positive for a thing, 0 for none, negative where nobody asks.</param>
    /// <param name="most">How many in all.</param>
    /// <param name="share">How many of them are things at most.</param>
    /// <param name="generator">What is drawn from.</param>
    public static (long[] Things, long[] Others) Sample(long[] labels, int most, double share, Generator generator)
    {
        long[] things = Some(l => l > 0, (int)(most * share));
        return (things, Some(l => l == 0, most - things.Length));

        long[] Some(Func<long, bool> counts, int wanted)
        {
            long[] all = [.. Enumerable.Range(0, labels.Length).Where(i => counts(labels[i])).Select(i => (long)i)];
            return all.Length <= wanted ? all : [.. generator.Permutation(all.Length).Take(wanted).Select(i => all[i])];
        }
    }
}
