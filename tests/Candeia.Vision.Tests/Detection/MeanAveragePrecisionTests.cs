using Candeia.Images;
using Candeia.Vision;

namespace Candeia.Tests;

/// <summary>COCO's numbers of cases that were counted by hand.</summary>
public class MeanAveragePrecisionTests
{
    static Annotated Truth(params (float X, float Y, float Size, long Label)[] things) => new(Tensor.Zeros([3, 200, 200]),
        new(Tensor.From([.. things.SelectMany(t => (float[])[t.X, t.Y, t.X + t.Size, t.Y + t.Size])], [things.Length, 4])), Labels: Tensor.From([.. things.Select(t => t.Label)], [things.Length]));

    static Detections Found(params (float X, float Y, float Size, long Label, float Score)[] things) => new(
        new(Tensor.From([.. things.SelectMany(t => (float[])[t.X, t.Y, t.X + t.Size, t.Y + t.Size])], [things.Length, 4])), Tensor.From([.. things.Select(t => t.Label)], [things.Length]),
        Tensor.From([.. things.Select(t => t.Score)], [things.Length]));

    static AveragePrecision Of(params (Detections Found, Annotated Truth)[] pictures)
    {
        var measure = new MeanAveragePrecision();
        foreach (var (found, truth) in pictures) measure.Add(found, truth);
        return measure.Compute();
    }

    [Fact]
    public void All_right_is_one_and_nothing_found_is_zero()
    {
        var truth = Truth((10, 10, 20, 1), (50, 50, 40, 2));
        var all = Of((Found((10, 10, 20, 1, 0.9f), (50, 50, 40, 2, 0.2f)), truth));
        Assert.Equal((1, 1, 1, 1, 1), (all.Map, all.Map50, all.Map75, all.MapSmall, all.MapMedium));
        Assert.True(double.IsNaN(all.MapLarge));
        Assert.Equal([1d, 1], all.PerClass.OrderBy(c => c.Key).Select(c => c.Value));
        var none = Of((Found(), truth));
        Assert.Equal((0, 0, 0), (none.Map, none.Map50, none.Mar100));
        Assert.True(double.IsNaN(Of((Found((1, 1, 5, 1, 1)), Truth())).Map));  // there was nothing to find
    }

    [Fact]
    public void A_box_that_is_half_right_counts_up_to_its_overlap()
    {
        // 20 × 20 moved by 4: 16 · 20 / (800 − 320) = 2 / 3, so it counts for 0.5, 0.55, 0.6, 0.65.
        var result = Of((Found((14, 10, 20, 1, 0.9f)), Truth((10, 10, 20, 1))));
        Assert.Equal(0.4, result.Map, 12);
        Assert.Equal((1, 0), (result.Map50, result.Map75));
        Assert.Equal(0.4, result.Mar1, 12);
    }

    [Fact]
    public void Precision_is_the_best_at_each_recall_and_above()
    {
        // Two things; the surest box is wrong, the next two are right: precision 0, 1/2, 2/3; the best at all recalls is 2/3.
        var result = Of((Found((100, 100, 20, 1, 0.9f), (10, 10, 20, 1, 0.8f), (50, 50, 20, 1, 0.7f)), Truth((10, 10, 20, 1), (50, 50, 20, 1))));
        Assert.Equal(2.0 / 3, result.Map, 12);
        // Right, wrong, and one is never found: precision 1 up to recall 0.5, which are 51 of 101 places.
        Assert.Equal(51.0 / 101, Of((Found((10, 10, 20, 1, 0.9f), (100, 100, 20, 1, 0.8f)), Truth((10, 10, 20, 1), (50, 50, 20, 1)))).Map, 12);
        // Right, wrong, right: 1 at 51 places, 2/3 at 50.
        Assert.Equal((51 + 50 * 2 / 3.0) / 101, Of((Found((10, 10, 20, 1, 0.9f), (100, 100, 20, 1, 0.8f), (50, 50, 20, 1, 0.7f)), Truth((10, 10, 20, 1), (50, 50, 20, 1)))).Map, 12);
    }

    [Fact]
    public void A_thing_is_found_once()
    {
        var result = Of((Found((10, 10, 20, 1, 0.9f), (10, 10, 20, 1, 0.8f)), Truth((10, 10, 20, 1), (90, 90, 20, 1))));
        Assert.Equal(51.0 / 101, result.Map, 12);
        Assert.Equal(0.5, result.Mar100);
    }

    [Fact]
    public void Boxes_of_all_pictures_are_ordered_by_their_scores()
    {
        // The wrong box of the second picture is surer than the right one of the first.
        var result = Of((Found((10, 10, 20, 1, 0.5f)), Truth((10, 10, 20, 1))), (Found((10, 10, 20, 1, 0.8f)), Truth((90, 90, 20, 1))));
        Assert.Equal(51.0 / 101 / 2, result.Map, 12);
    }

    [Fact]
    public void Another_class_is_wrong_and_classes_count_alike()
    {
        var result = Of((Found((10, 10, 20, 2, 0.9f), (50, 50, 20, 1, 0.9f)), Truth((10, 10, 20, 1), (50, 50, 20, 1), (90, 90, 20, 2))));
        Assert.Equal(51.0 / 101, result.PerClass[1], 12);
        Assert.Equal(0, result.PerClass[2]);
        Assert.Equal(51.0 / 101 / 2, result.Map, 12);
    }

    [Fact]
    public void Sizes_are_looked_at_apart()
    {
        // The large box on the large thing is no mistake among the small things; the small wrong one is.
        var result = Of((Found((10, 10, 20, 1, 0.5f), (50, 50, 100, 1, 0.9f), (160, 10, 20, 1, 0.8f)), Truth((10, 10, 20, 1), (50, 50, 100, 1))));
        Assert.Equal(0.5, result.MapSmall, 12);
        Assert.Equal(1, result.MapLarge, 12);
        Assert.True(double.IsNaN(result.MapMedium));
    }

    [Fact]
    public void Only_the_surest_of_a_picture_count_for_the_first_recalls()
    {
        var found = Found([.. Enumerable.Range(0, 12).Select(i => (15f * (i % 4), 15f * (i / 4), 10f, 1L, 1 - 0.01f * i))]);
        var truth = Truth([.. Enumerable.Range(0, 12).Select(i => (15f * (i % 4), 15f * (i / 4), 10f, 1L))]);
        var result = Of((found, truth));
        foreach (var (seen, expected) in ((double, double)[])[(result.Mar1, 1 / 12.0), (result.Mar10, 10 / 12.0), (result.Mar100, 1)]) Assert.Equal(expected, seen, 12);
    }
}
