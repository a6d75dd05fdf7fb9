using Candeia.NN;

namespace Candeia.Tests;

public class LossGoldenTests
{
    static readonly Dictionary<string, Func<GoldenCase, Tensor, Tensor, Tensor?, Reduction, Tensor>> s_losses = new()
    {
        ["mse_loss"] = (c, y, t, w, r) => y.MseLoss(t, r),
        ["l1_loss"] = (c, y, t, w, r) => y.L1Loss(t, r),
        ["smooth_l1_loss"] = (c, y, t, w, r) => y.SmoothL1Loss(t, c.Number("beta", 1), r),
        ["huber_loss"] = (c, y, t, w, r) => y.HuberLoss(t, c.Number("delta", 1), r),
        ["cross_entropy"] = (c, y, t, w, r) => y.CrossEntropyLoss(t, w, c.Int("ignore_index", -100), c.Number("label_smoothing"), r),
        ["nll_loss"] = (c, y, t, w, r) => y.NllLoss(t, w, c.Int("ignore_index", -100), r),
        ["binary_cross_entropy"] = (c, y, t, w, r) => y.BceLoss(t, w, r),
        ["binary_cross_entropy_with_logits"] = (c, y, t, w, r) => y.BceWithLogitsLoss(t, w, c.Find("pos_weight")?.Tensor, r),
        ["kl_div"] = (c, y, t, w, r) => y.KlDivLoss(t, c.Flag("log_target"), r),
    };

    public static IEnumerable<object[]> Cases => Golden.Names("losses", [.. s_losses.Keys]);

    [Theory, MemberData(nameof(Cases))]
    public void Values_and_gradients_are_those_of_PyTorch(string family, string name)
    {
        var c = Golden.Open(family)[name];
        Tensor input = c["input0"].Tensor, target = c["input1"].Tensor;
        input.RequiresGrad = true;
        target.RequiresGrad = c.Find("grad1") is not null;
        var loss = s_losses[c.Op](c, input, target, c.Find("weight")?.Tensor, Enum.Parse<Reduction>(c.Text("reduction")!, ignoreCase: true));
        c.Output.AssertNear(loss, 1e-12);
        if (!c.HasGrad) return;
        loss.Backward(c["grad_output0"].Tensor);
        c["grad0"].AssertNear(input.Grad!, 1e-12);
        c.Find("grad1")?.AssertNear(target.Grad!, 1e-12);
    }

    [Theory, MemberData(nameof(Cases))]
    public void Single_precision_is_close(string family, string name)
    {
        var c = Golden.Open(family)[name];
        var target = c["input1"].Tensor;
        var loss = s_losses[c.Op](c, c["input0"].Tensor.To(DType.Float32), target.DType.IsFloatingPoint() ? target.To(DType.Float32) : target, c.Find("weight")?.Tensor.To(DType.Float32), Enum.Parse<Reduction>(c.Text("reduction")!, ignoreCase: true));
        Assert.Equal(DType.Float32, loss.DType);
        c.Output.AssertNear(loss, 2e-6);
    }
}
