using Candeia.Images;
using Candeia.Vision;

namespace Candeia.Tests;

/// <summary>COCO's numbers of masks and of places, in cases that were counted by hand.</summary>
public class LikenessTests
{
    const int Size = 40;

    /// <summary>Rectangles of pixels: columns and rows from, to.</summary>
    static Tensor Masks(float inside, params (int Left, int Top, int Right, int Bottom)[] all)
    {
        var masks = Tensor.Zeros([all.Length, Size, Size]);
        foreach (var (i, r) in all.Index()) masks[i, r.Top..r.Bottom, r.Left..r.Right] = inside;
        return masks;
    }

    static Boxes Around(params (int Left, int Top, int Right, int Bottom)[] all) => new(Tensor.From([.. all.SelectMany(r => (float[])[r.Left, r.Top, r.Right, r.Bottom])], [all.Length, 4]));

    static Annotated Truth(params (int, int, int, int)[] things) =>
        new(Tensor.Zeros([3, Size, Size]), Around(things), new(Masks(1, things).To(DType.UInt8)), Labels: Tensor.Ones([things.Length], DType.Int64));

    static Detections Found(float sure, params (int, int, int, int)[] things) =>
        new(Around(things), Tensor.Ones([things.Length], DType.Int64), Tensor.Full([things.Length], 0.9)) { Masks = Masks(sure, things) };

    static AveragePrecision Of(MeanAveragePrecision measure, Detections found, Annotated truth)
    {
        measure.Add(found, truth);
        return measure.Compute();
    }

    [Fact]
    public void Masks_are_compared_pixel_by_pixel()
    {
        // 8 of 10 columns are common, and 12 any: 2 / 3, so it counts for 0.5, 0.55, 0.6, 0.65.
        var moved = Of(new(Compared.Masks), Found(0.8f, (2, 0, 12, 10)), Truth((0, 0, 10, 10)));
        Assert.Equal(0.4, moved.Map, 12);
        Assert.Equal((1, 0, 0.4), (moved.Map50, moved.Map75, Math.Round(moved.MapSmall, 12)));
        // A pixel of which the network is not sure belongs to nothing.
        Assert.Equal(0, Of(new(Compared.Masks), Found(0.4f, (0, 0, 10, 10)), Truth((0, 0, 10, 10))).Map50);
        // Boxes of a ring and of a disc are alike, masks are not: 36 of 100 pixels are the hole.
        var disc = Found(0.8f, (0, 0, 10, 10));
        var ring = Truth((0, 0, 10, 10));
        ring.Mask!.Values[0, 2..8, 2..8] = 0;
        Assert.Equal(1, Of(new(), disc, ring).Map, 12);
        Assert.Equal(0.3, Of(new(Compared.Masks), disc, ring).Map, 12);        // 0.64: for 0.5, 0.55, 0.6
    }

    static readonly double[] s_spreads = [0.1, 0.1];

    static Detections Places(params float[] numbers) =>
        new(Around([.. Enumerable.Repeat((0, 0, 10, 10), numbers.Length / 4)]), Tensor.Ones([numbers.Length / 4], DType.Int64), Tensor.Full([numbers.Length / 4], 0.9))
        {
            KeyPoints = new(Tensor.From([.. numbers.Chunk(2).SelectMany(p => (float[])[p[0], p[1], 1])], [numbers.Length / 4, 2, 3])),
        };

    static Annotated Body(params float[] numbers) => new(Tensor.Zeros([3, Size, Size]), Around([.. Enumerable.Repeat((0, 0, 10, 10), numbers.Length / 6)]),
        KeyPoints: new(Tensor.From(numbers, [numbers.Length / 6, 2, 3])), Labels: Tensor.Ones([numbers.Length / 6], DType.Int64));

    /// <summary>How alike they are, as the last of the ten bars that it passes.</summary>
    static double Bars(Detections found, Annotated truth) => Of(new(Compared.KeyPoints, s_spreads), found, truth).Map * 10;

    [Fact]
    public void Places_are_compared_by_how_far_they_are_for_the_size_of_the_thing()
    {
        Assert.Equal(10, Bars(Places(1, 1, 5, 5), Body(1, 1, 2, 5, 5, 2)), 9);
        // One of two is 2 pixels off: exp(−4 / (2 · (2 · 0.1)² · 100)) = 0.6065, so they are alike by 0.803: for 0.5 to 0.8, seven bars.
        Assert.Equal(7, Bars(Places(1, 1, 5, 7), Body(1, 1, 2, 5, 5, 2)), 9);
        // A place that is not marked does not count.
        Assert.Equal(10, Bars(Places(1, 1, 5, 7), Body(1, 1, 2, 5, 5, 0)), 9);
        // In a thing four times as large, by its mask, the same is nearer: 0.941, nine bars.
        var large = Body(1, 1, 2, 5, 5, 2) with { Mask = new(Masks(1, (0, 0, 20, 20))) };
        Assert.Equal(9, Bars(Places(1, 1, 5, 7), large), 9);
    }

    [Fact]
    public void Things_without_places_are_neither_asked_for_nor_mistakes()
    {
        // The second has no places; what is found there is no mistake, though it is as sure as the other.
        Assert.Equal(10, Bars(Places(9, 1, 9, 1, 1, 1, 5, 5), Body(1, 1, 2, 5, 5, 2, 0, 0, 0, 0, 0, 0)), 9);
        Assert.True(double.IsNaN(Bars(Places(), Body(0, 0, 0, 0, 0, 0))));
        // Far away, more than its size outside of its box, it is one.
        Assert.InRange(Bars(Places(39, 39, 39, 39, 1, 1, 5, 5), Body(1, 1, 2, 5, 5, 2, 0, 0, 0, 0, 0, 0)), 4.9, 5.1);
    }

    [Fact]
    public void Of_the_places_of_people_all_seventeen_have_a_spread()
    {
        float[] body = [.. Enumerable.Range(0, 17).SelectMany(i => (float[])[i, i, 2])];
        var truth = new Annotated(Tensor.Zeros([3, Size, Size]), Around((0, 0, 20, 20)), KeyPoints: new(Tensor.From(body, [1, 17, 3])), Labels: Tensor.Ones([1], DType.Int64));
        var found = new Detections(Around((0, 0, 20, 20)), Tensor.Ones([1], DType.Int64), Tensor.Ones([1])) { KeyPoints = new(truth.KeyPoints!.Values + Tensor.From([1f, 0, 0])) };
        double likeness = new double[] { .026, .025, .025, .035, .035, .079, .079, .072, .072, .062, .062, .107, .107, .087, .087, .089, .089 }.Average(s => Math.Exp(-1 / (8 * s * s * 400)));
        Assert.Equal(Math.Floor((likeness - 0.5) / 0.05) + 1, Of(new(Compared.KeyPoints), found, truth).Map * 10, 9);
    }

    [Fact]
    public void What_is_missing_is_said()
    {
        string Fault(MeanAveragePrecision measure, Detections found, Annotated truth) => Assert.ThrowsAny<ArgumentException>(() => measure.Add(found, truth)).Message;
        var bare = new Detections(Around((0, 0, 1, 1)), Tensor.Ones([1], DType.Int64), Tensor.Ones([1]));
        Assert.Contains("MaskRcnn", Fault(new(Compared.Masks), bare, Truth((0, 0, 1, 1))), StringComparison.Ordinal);
        Assert.Contains("not one for each box", Fault(new(Compared.Masks), Found(1, (0, 0, 1, 1)), Truth((0, 0, 1, 1)) with { Mask = null }), StringComparison.Ordinal);
        Assert.Contains("KeyPointRcnn", Fault(new(Compared.KeyPoints), bare, Body(1, 1, 2, 5, 5, 2)), StringComparison.Ordinal);
        Assert.Contains("17 spreads", Fault(new(Compared.KeyPoints), Places(1, 1, 5, 5), Body(1, 1, 2, 5, 5, 2)), StringComparison.Ordinal);
        Assert.Contains("not some for each box", Fault(new(Compared.KeyPoints), Places(1, 1, 5, 5), Truth((0, 0, 1, 1))), StringComparison.Ordinal);
    }
}
