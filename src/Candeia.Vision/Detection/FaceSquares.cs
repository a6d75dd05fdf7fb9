namespace Candeia.Vision;

/// <summary>Squares around what may be faces, each with how sure the network was that looked last.</summary>
/// <param name="Corners">Left, top, right, bottom of each in turn.</param>
/// <param name="Sure">0 to 1.</param>
internal sealed record FaceSquares(float[] Corners, float[] Sure)
{
    public int Count => Sure.Length;

    public static FaceSquares Join(IEnumerable<FaceSquares> all) => new([.. all.SelectMany(s => s.Corners)], [.. all.SelectMany(s => s.Sure)]);

    public FaceSquares Select(IReadOnlyList<int> kept) => new([.. kept.SelectMany(i => Corners[(4 * i)..(4 * i + 4)])], [.. kept.Select(i => Sure[i])]);

    /// <summary>The numbers of those that remain when of those that cover each other too far only the surest is kept.</summary>
    public int[] Apart(double overlap) => [.. BoxOps.Nms(Tensor.From(Corners, [Count, 4]), Tensor.From(Sure), overlap).ToArray<long>().Select(i => (int)i)];

    /// <summary>The same, where covering the smaller one counts: a face within another is none.</summary>
    public int[] Outside(double share)
    {
        List<int> kept = [];
        foreach (int i in Enumerable.Range(0, Count).OrderByDescending(i => Sure[i]))
            if (kept.All(k => Common(k, i) <= share * Math.Min(Common(k, k), Common(i, i)))) kept.Add(i);
        return [.. kept];
    }

    /// <summary>Pixels of both, a box from 0 to 9 having ten.</summary>
    double Common(int a, int b) => Math.Max(0, Math.Min(Corners[4 * a + 2], Corners[4 * b + 2]) - Math.Max(Corners[4 * a], Corners[4 * b]) + 1.0)
        * Math.Max(0, Math.Min(Corners[4 * a + 3], Corners[4 * b + 3]) - Math.Max(Corners[4 * a + 1], Corners[4 * b + 1]) + 1.0);

    /// <summary>Boxes whose sides were moved by parts of their lengths, to which some pixels more are counted.</summary>
    public FaceSquares Moved(float[] moves, int more)
    {
        float[] moved = [.. Corners];
        for (int i = 0; i < moved.Length; i += 4)
        {
            float width = Corners[i + 2] - Corners[i] + more, height = Corners[i + 3] - Corners[i + 1] + more;
            for (int k = 0; k < 4; k++) moved[i + k] += moves[i + k] * (k % 2 == 0 ? width : height);
        }
        return this with { Corners = moved };
    }

    /// <summary>Boxes that have become as long in both directions, around the same middle.</summary>
    public FaceSquares Squared()
    {
        float[] squares = [.. Corners];
        for (int i = 0; i < squares.Length; i += 4)
        {
            float width = squares[i + 2] - squares[i], height = squares[i + 3] - squares[i + 1], side = Math.Max(width, height);
            squares[i] += width * 0.5f - side * 0.5f;
            squares[i + 1] += height * 0.5f - side * 0.5f;
            (squares[i + 2], squares[i + 3]) = (squares[i] + side, squares[i + 1] + side);
        }
        return this with { Corners = squares };
    }

    /// <summary>The rows and columns of a picture that a square covers: from, to.</summary>
    public (int Top, int Bottom, int Left, int Right) Inside(int i, int height, int width) => (
        Math.Max(1, (int)Corners[4 * i + 1]) - 1, Math.Min(height, (int)Corners[4 * i + 3]), Math.Max(1, (int)Corners[4 * i]) - 1, Math.Min(width, (int)Corners[4 * i + 2]));
}
