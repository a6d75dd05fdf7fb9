using Candeia.Images;
using Candeia.Vision;

namespace Candeia.Tests;

/// <summary>Boxes that do not stand upright.</summary>
public class TurnedBoxesTests
{
    static readonly Tensor s_upright = Tensor.From([10f, 20, 50, 40, 0, 0, 6, 6], [2, 4]);

    [Fact]
    public void Angles_are_added_and_places_stay()
    {
        var turned = TurnedBoxes.Of(TurnedBoxes.Of(s_upright, 30), Tensor.From([15f, -40]));
        Assert.Equal([10f, 20, 50, 40, 45, 0, 0, 6, 6, -10], turned.ToArray<float>());
        Assert.Equal([0, 5], TurnedBoxes.Of(Tensor.Zeros([0, 4]), 12).Shape);
        Assert.Equal(DType.Float64, TurnedBoxes.Of(s_upright.To(DType.Float64), 1).DType);
    }

    [Fact]
    public void Corners_go_where_a_picture_turned_by_as_much_has_them()
    {
        foreach (double degrees in (double[])[0, 33, -70, 180])
        {
            // A box in the middle of the picture turns as the picture does.
            Annotated scene = new(Tensor.Zeros([1, 60, 80]), KeyPoints: new(Tensor.From([25.0, 20, 55, 20, 55, 40, 25, 40], [4, 2])));
            double[] expected = new Rotate(degrees).Apply(scene).KeyPoints!.Values.ToArray<double>();
            foreach (var (a, b) in TurnedBoxes.Corners(TurnedBoxes.Of(Tensor.From([25.0, 20, 55, 40], [1, 4]), degrees)).ToArray<double>().Zip(expected)) Assert.Equal(b, a, 9);
        }
    }

    [Fact]
    public void Upright_ones_overlap_as_boxes_do()
    {
        float[] numbers = [.. Formula.Noise(48, 3).Select(v => (float)(40 * v))];
        var boxes = Tensor.From([.. numbers.Chunk(4).SelectMany(n => (float[])[n[0], n[1], n[0] + n[2] + 1, n[1] + n[3] + 1])], [12, 4]);
        foreach (double quarter in (double[])[0, 180, -360])
            foreach (var (a, b) in TurnedBoxes.Iou(TurnedBoxes.Of(boxes, quarter), TurnedBoxes.Of(boxes, 0)).ToArray<float>().Zip(BoxOps.Iou(boxes, boxes).ToArray<float>())) Assert.Equal(b, a, 5);
    }

    [Fact]
    public void Turning_both_changes_nothing_and_pixels_count_as_much()
    {
        Tensor a = Tensor.From([10.0, 20, 50, 40, 25], [1, 5]), b = Tensor.From([15.0, 12, 42, 44, -50], [1, 5]);
        double iou = TurnedBoxes.Iou(a, b).Item();
        Assert.Equal(iou, TurnedBoxes.Iou(b, a).Item(), 9);
        // Counted on a grid of points, each in both, one or none.
        const int Fine = 8, Side = 60 * Fine;
        bool[] inA = Inside(a), inB = Inside(b);
        double both = inA.Zip(inB).Count(p => p.First && p.Second), all = inA.Zip(inB).Count(p => p.First || p.Second);
        Assert.InRange(iou - both / all, -0.005, 0.005);

        static bool[] Inside(Tensor box)
        {
            double[] v = box.ToArray<double>();
            double x = (v[0] + v[2]) / 2, y = (v[1] + v[3]) / 2, cos = Math.Cos(v[4] * Math.PI / 180), sin = Math.Sin(v[4] * Math.PI / 180);
            return [.. Enumerable.Range(0, Side * Side).Select(i => ((i % Side + 0.5) / Fine - x, (i / Side + 0.5) / Fine - y)).Select(p =>
                Math.Abs(p.Item1 * cos - p.Item2 * sin) < (v[2] - v[0]) / 2 && Math.Abs(p.Item1 * sin + p.Item2 * cos) < (v[3] - v[1]) / 2)];
        }
    }

    [Fact]
    public void Those_apart_have_nothing_in_common_and_what_are_no_boxes_is_said()
    {
        var far = TurnedBoxes.Iou(TurnedBoxes.Of(s_upright, 45), TurnedBoxes.Of(s_upright + 500, 45));
        Assert.Equal(0, far.Abs().Sum().Item());
        Assert.Equal([0, 2], TurnedBoxes.Iou(Tensor.Zeros([0, 5]), TurnedBoxes.Of(s_upright, 0)).Shape);
        Assert.Contains("TurnedBoxes.Of", Assert.Throws<ShapeException>(() => TurnedBoxes.Iou(s_upright, s_upright)).Message, StringComparison.Ordinal);
        Assert.Contains("[2]", Assert.Throws<ShapeException>(() => TurnedBoxes.Of(s_upright, Tensor.Zeros([3]))).Message, StringComparison.Ordinal);
        Assert.Throws<ShapeException>(() => TurnedBoxes.Of(Tensor.Zeros([4]), 3));
    }
}
