namespace Candeia.Vision;

/// <summary>The squares that stand for the places of maps, and which things they learn from.</summary>
internal sealed class FcosPlaces
{
    readonly float[] _squares, _least, _most;

    FcosPlaces(float[] squares, float[] least, float[] most) => (_squares, _least, _most) = (squares, least, most);

    /// <param name="squares">All of them, [n, 4].</param>
    /// <param name="perMap">How many there are of each map: fine maps are for small things, the coarsest for all that are larger.</param>
    public static FcosPlaces Of(Tensor squares, int[] perMap)
    {
        float[] all = squares.ToArray<float>(), least = new float[all.Length / 4], most = new float[all.Length / 4];
        for (int i = 0; i < least.Length; i++)
        {
            float side = all[4 * i + 2] - all[4 * i];
            (least[i], most[i]) = (i < perMap[0] ? 0 : side * 4, i >= least.Length - perMap[^1] ? float.PositiveInfinity : side * 8);
        }
        return new(all, least, most);
    }

    /// <summary>The number of the smallest thing that each place learns from, −1 where it learns of none: it lies in it, near the middle, and the thing has the map's size.</summary>
    public int[] Match(float[] boxes, double radius)
    {
        int[] matches = new int[_least.Length];
        for (int i = 0; i < matches.Length; i++)
        {
            float left = _squares[4 * i], top = _squares[4 * i + 1], x = (left + _squares[4 * i + 2]) / 2, y = (top + _squares[4 * i + 3]) / 2, near = (float)radius * (_squares[4 * i + 2] - left);
            float best = 1e-5f;
            matches[i] = Matcher.None;
            for (int thing = 0; 4 * thing < boxes.Length; thing++)
            {
                float x0 = boxes[4 * thing], y0 = boxes[4 * thing + 1], x1 = boxes[4 * thing + 2], y1 = boxes[4 * thing + 3];
                float nearest = Math.Min(Math.Min(x - x0, x1 - x), Math.Min(y - y0, y1 - y)), farthest = Math.Max(Math.Max(x - x0, x1 - x), Math.Max(y - y0, y1 - y));
                bool central = Math.Abs(x - (x0 + x1) / 2) < near && Math.Abs(y - (y0 + y1) / 2) < near;
                // In float32, as torchvision counts, areas that differ by little are alike, and the first is taken.
                float small = 1e8f - (x1 - x0) * (y1 - y0);
                if (central && nearest > 0 && farthest > _least[i] && farthest < _most[i] && small > best) (best, matches[i]) = (small, thing);
            }
        }
        return matches;
    }

    /// <summary>The boxes [n, 4] whose sides are so many squares away, [n, 4]: left, top, right, bottom.</summary>
    public static Tensor Box(Tensor sides, Tensor squares)
    {
        var (x, y, width, height) = Middle(squares);
        return Tensor.Stack([x - sides[.., 0] * width, y - sides[.., 1] * height, x + sides[.., 2] * width, y + sides[.., 3] * height], 1);
    }

    /// <summary>How near the middles of boxes [n, 4] squares [n, 4] lie: 1 there, 0 at their sides.</summary>
    public static Tensor Nearness(Tensor squares, Tensor boxes)
    {
        var (x, y, _, _) = Middle(squares);
        Tensor left = x - boxes[.., 0], top = y - boxes[.., 1], right = boxes[.., 2] - x, bottom = boxes[.., 3] - y;
        return (left.Minimum(right) / left.Maximum(right) * (top.Minimum(bottom) / top.Maximum(bottom))).Sqrt();
    }

    static (Tensor X, Tensor Y, Tensor Width, Tensor Height) Middle(Tensor squares) => (
        (squares[.., 0] + squares[.., 2]) / 2, (squares[.., 1] + squares[.., 3]) / 2, squares[.., 2] - squares[.., 0], squares[.., 3] - squares[.., 1]);
}
