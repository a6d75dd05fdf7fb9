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

    public static IEnumerable<object[]> Bent => Golden.Names("regions", "deform_conv2d");

    [Theory]
    [MemberData(nameof(Bent))]
    public void Windows_bend_as_in_torchvision(string family, string name)
    {
        var c = Golden.Open(family)[name];
        bool masked = c.Int("padding") == 1 && c.Int("stride") == 2 || c.Int("dilation") == 2;
        Tensor[] inputs = [.. Enumerable.Range(0, masked ? 5 : 4).Select(i => c[$"input{i}"].Tensor)];
        foreach (var input in inputs) input.RequiresGrad = true;
        var y = inputs[0].DeformConv2d(inputs[1], inputs[2], inputs[3], c.Int("stride"), c.Int("padding"), c.Int("dilation"), masked ? inputs[4] : null);
        c.Output.AssertNear(y, 5e-5);
        y.Backward(c["grad_output0"].Tensor);
        for (int i = 0; i < inputs.Length; i++) c[$"grad{i}"].AssertNear(inputs[i].Grad!, 2e-4);
    }

    [Fact]
    public void Windows_that_do_not_fit_are_refused()
    {
        Tensor x = Tensor.Zeros([1, 4, 5, 5]), weight = Tensor.Zeros([2, 4, 3, 3]);
        Assert.Contains("[1, 18 or a multiple, 3, 3]", Assert.Throws<ShapeException>(() => x.DeformConv2d(Tensor.Zeros([1, 9, 3, 3]), weight)).Message, StringComparison.Ordinal);
        Assert.Throws<ShapeException>(() => x.DeformConv2d(Tensor.Zeros([1, 18, 3, 3]), Tensor.Zeros([2, 3, 3, 3])));
        Assert.Contains("A mask", Assert.Throws<ShapeException>(() => x.DeformConv2d(Tensor.Zeros([1, 18, 3, 3]), weight, mask: Tensor.Zeros([1, 8, 3, 3]))).Message, StringComparison.Ordinal);
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
