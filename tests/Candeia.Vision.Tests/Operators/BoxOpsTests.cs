using Candeia.NN;
using Candeia.Vision;

namespace Candeia.Tests;

/// <summary>Boxes against torchvision 0.14: tests/golden/families/boxes.py.</summary>
public class BoxOpsTests
{
    static readonly Golden s_golden = Golden.Open("boxes");

    [Fact]
    public void Overlaps_are_those_of_torchvision()
    {
        foreach (var (name, compute) in new (string, Func<Tensor, Tensor, Tensor>)[] { ("iou", BoxOps.Iou), ("giou", BoxOps.GeneralizedIou), ("diou", BoxOps.DistanceIou), ("ciou", BoxOps.CompleteIou) })
            s_golden[$"{name}/"].Output.AssertNear(compute(s_golden[$"{name}/"]["input0"].Tensor, s_golden[$"{name}/"]["input1"].Tensor), 1e-5);
        s_golden["area/"].Output.AssertNear(BoxOps.Area(s_golden["area/"]["input0"].Tensor), 1e-5);
        s_golden["masks_to_boxes/"].Output.AssertNear(BoxOps.FromMasks(s_golden["masks_to_boxes/"]["input0"].Tensor), 0);
    }

    [Fact]
    public void The_boxes_that_remain_are_those_of_torchvision()
    {
        foreach (var c in s_golden.Of("nms"))
            Assert.Equal(c.Output.Tensor.ToArray<long>(), BoxOps.Nms(c["input0"].Tensor, c["input1"].Tensor, c.Number("threshold")).ToArray<long>());
        foreach (var c in s_golden.Of("batched_nms"))
            Assert.Equal(c.Output.Tensor.ToArray<long>(), BoxOps.BatchedNms(c["input0"].Tensor, c["input1"].Tensor, c["input2"].Tensor, c.Number("threshold")).ToArray<long>());
    }

    [Fact]
    public void Losses_of_pairs_and_their_gradients_are_those_of_torchvision()
    {
        foreach (var (name, compute) in new (string, Func<Tensor, Tensor, Reduction, Tensor>)[] { ("giou_loss", BoxLosses.GeneralizedBoxIouLoss), ("diou_loss", BoxLosses.DistanceBoxIouLoss), ("ciou_loss", BoxLosses.CompleteBoxIouLoss) })
        {
            var golden = s_golden[$"{name}/"];
            Tensor found = golden["input0"].Tensor.Clone(), truth = golden["input1"].Tensor.Clone();
            (found.RequiresGrad, truth.RequiresGrad) = (true, true);
            var losses = compute(found, truth, Reduction.None);
            golden.Output.AssertNear(losses, 1e-5);
            Assert.Equal(losses.Mean().Item(), compute(found, truth, Reduction.Mean).Item(), 1e-6);
            losses.Sum().Backward();
            golden["grad0"].AssertNear(found.Grad!, 1e-5);
            golden["grad1"].AssertNear(truth.Grad!, 1e-5);
        }
        Assert.Throws<ShapeException>(() => Tensor.Zeros([2, 4]).CompleteBoxIouLoss(Tensor.Zeros([3, 4])));
    }

    [Fact]
    public void Gradients_pull_boxes_together()
    {
        Tensor a = Tensor.From([0f, 0, 4, 4], [1, 4]), b = Tensor.From([1f, 1, 6, 6], [1, 4]);
        a.RequiresGrad = true;
        (1 - BoxOps.GeneralizedIou(a, b)).Sum().Backward();
        Assert.True(a.Grad!.ToArray<float>()[2] < 0);                         // more to the right is better
    }

    [Fact]
    public void Nothing_and_what_are_no_boxes()
    {
        Assert.Equal([0], BoxOps.Nms(Tensor.Zeros([0, 4]), Tensor.Zeros([0]), 0.5).Shape);
        Assert.Equal([0], BoxOps.BatchedNms(Tensor.Zeros([0, 4]), Tensor.Zeros([0]), Tensor.Zeros([0], DType.Int64), 0.5).Shape);
        Assert.Contains("[n, 4]", Assert.Throws<ShapeException>(() => BoxOps.Area(Tensor.Zeros([4]))).Message, StringComparison.Ordinal);
        Assert.Throws<ShapeException>(() => BoxOps.Nms(Tensor.Zeros([2, 4]), Tensor.Zeros([3]), 0.5));
    }
}
