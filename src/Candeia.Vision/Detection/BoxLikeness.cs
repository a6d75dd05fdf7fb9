using Candeia.Images;

namespace Candeia.Vision;

/// <summary>The common area of boxes over that of both together.</summary>
internal sealed class BoxLikeness(Boxes found, Boxes there) : Likeness
{
    readonly double[] _found = found.To(BoxFormat.XYXY).Values.ToArray<double>(), _there = there.To(BoxFormat.XYXY).Values.ToArray<double>();

    public override double Of(int found, int there)
    {
        ReadOnlySpan<double> a = _found.AsSpan(4 * found, 4), b = _there.AsSpan(4 * there, 4);
        double common = Math.Max(0, Math.Min(a[2], b[2]) - Math.Max(a[0], b[0])) * Math.Max(0, Math.Min(a[3], b[3]) - Math.Max(a[1], b[1])), both = AreaOf(a) + AreaOf(b) - common;
        return both > 0 ? common / both : 0;
    }

    public override double FoundArea(int found) => AreaOf(_found.AsSpan(4 * found, 4));

    public override double Area(int there) => AreaOf(_there.AsSpan(4 * there, 4));

    static double AreaOf(ReadOnlySpan<double> box) => (box[2] - box[0]) * (box[3] - box[1]);
}
