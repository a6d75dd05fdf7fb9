using Candeia.Vision;

namespace Candeia.Tests;

/// <summary>Parts of pictures against torchvision 0.14: tests/golden/families/regions.py.</summary>
public class RegionTests
{
    public static IEnumerable<object[]> Pooled => Golden.Names("regions", "roi_align", "roi_pool");

    [Theory]
    [MemberData(nameof(Pooled))]
    public void Regions_are_seen_as_torchvision_sees_them(string family, string name)
    {
        var c = Golden.Open(family)[name];
        var x = c["input0"].Tensor;
        x.RequiresGrad = true;
        var regions = c["input1"].Tensor;
        var y = c.Op == "roi_align" ? x.RoIAlign(regions, (3, 4), c.Number("scale"), c.Int("ratio"), c.Flag("aligned")) : x.RoIPool(regions, (3, 4), c.Number("scale"));
        c.Output.AssertNear(y, 2e-5);
        y.Backward(c["grad_output0"].Tensor);
        c["grad0"].AssertNear(x.Grad!, 5e-5);
    }

    [Fact]
    public void What_are_no_regions_is_refused()
    {
        var x = Tensor.Zeros([2, 3, 8, 8]);
        Assert.Equal([0, 3, 7, 7], x.RoIAlign(Tensor.Zeros([0, 5]), 7).Shape);
        Assert.Equal([0, 3, 7, 7], x.RoIPool(Tensor.Zeros([0, 5]), 7).Shape);
        Assert.Throws<ShapeException>(() => x.RoIAlign(Tensor.Zeros([1, 4]), 7));
        Assert.Contains("picture 2", Assert.Throws<ShapeException>(() => x.RoIPool(Tensor.From([2f, 0, 0, 1, 1], [1, 5]), 7)).Message, StringComparison.Ordinal);
    }
}
