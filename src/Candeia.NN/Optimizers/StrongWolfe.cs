using System.Numerics.Tensors;

namespace Candeia.NN;

/// <summary>
/// The search for a length of a move that lowers the loss enough and flattens its slope enough: first a bracket, then cubic interpolation within it
/// (<see href="https://link.springer.com/book/10.1007/978-0-387-40065-5">Nocedal and Wright, 2006, algorithms 3.5 and 3.6</see>, with PyTorch's
/// safeguards).
/// </summary>
/// <param name="evaluate">The loss and the gradient at a length.</param>
/// <param name="direction">Where it leads.</param>
/// <param name="size">The largest component of the direction.</param>
/// <param name="tolerance">How small a bracket may become.</param>
internal sealed class StrongWolfe(Func<double, (double Loss, double[] Gradient)> evaluate, double[] direction, double size, double tolerance)
{
    const double Armijo = 1e-4, Curvature = 0.9;
    const int Most = 25;

    /// <summary>A length, with the loss, the gradient and the slope along the direction there.</summary>
    readonly record struct Point(double At, double Loss, double[] Gradient, double Slope);

    /// <summary>How often the loss has been computed.</summary>
    public int Evaluations { get; private set; }

    /// <summary>The best length found, with the loss and the gradient there.</summary>
    public (double Length, double Loss, double[] Gradient) Run(double t, double loss, double[] gradient, double slope)
    {
        Point start = new(0, loss, gradient, slope), before = start, now = At(t);
        Point low, high;
        int iteration = 0;
        for (; ; iteration++)
        {
            if (iteration == Most) (low, high) = (start, now);
            else if (TooHigh(start, now) || iteration > 1 && now.Loss >= before.Loss) (low, high) = (before, now);
            else if (Flat(start, now)) return (now.At, now.Loss, now.Gradient);
            else if (now.Slope >= 0) (low, high) = (before, now);
            else
            {
                double next = Cubic(before, now, now.At + 0.01 * (now.At - before.At), now.At * 10);
                (before, now) = (now, At(next));
                continue;
            }
            break;
        }

        // One end of the bracket is the better one; the other follows it until both conditions hold.
        bool stuck = false;
        if (low.Loss > high.Loss) (low, high) = (high, low);
        for (; iteration < Most && Math.Abs(high.At - low.At) * size >= tolerance; iteration++)
        {
            now = At(Inside(low, high, ref stuck));
            if (TooHigh(start, now) || now.Loss >= low.Loss)
            {
                high = now;
                if (low.Loss > high.Loss) (low, high) = (high, low);
                continue;
            }
            bool done = Flat(start, now);
            if (!done && now.Slope * (high.At - low.At) >= 0) high = low;
            low = now;
            if (done) break;
        }
        return (low.At, low.Loss, low.Gradient);
    }

    Point At(double t)
    {
        Evaluations++;
        var (loss, gradient) = evaluate(t);
        return new(t, loss, gradient, TensorPrimitives.Dot<double>(gradient, direction));
    }

    static bool TooHigh(Point start, Point p) => p.Loss > start.Loss + Armijo * p.At * start.Slope;

    static bool Flat(Point start, Point p) => Math.Abs(p.Slope) <= -Curvature * start.Slope;

    /// <summary>A trial between the ends, away from them once interpolation makes no progress.</summary>
    static double Inside(Point a, Point b, ref bool stuck)
    {
        double min = Math.Min(a.At, b.At), max = Math.Max(a.At, b.At), t = Cubic(a, b, min, max), margin = 0.1 * (max - min);
        bool close = Math.Min(max - t, t - min) < margin;
        bool away = close && (stuck || t >= max || t <= min);
        stuck = close && !away;
        return !away ? t : max - t < t - min ? max - margin : min + margin;
    }

    /// <summary>The minimum of the cubic through two points with their slopes, within bounds.</summary>
    static double Cubic(Point a, Point b, double min, double max)
    {
        if (a.At > b.At) (a, b) = (b, a);
        double d1 = a.Slope + b.Slope - 3 * (a.Loss - b.Loss) / (a.At - b.At), square = d1 * d1 - a.Slope * b.Slope;
        if (!(square >= 0)) return (min + max) / 2;
        double d2 = Math.Sqrt(square);
        return Math.Min(Math.Max(b.At - (b.At - a.At) * ((b.Slope + d2 - d1) / (b.Slope - a.Slope + 2 * d2)), min), max);
    }
}
