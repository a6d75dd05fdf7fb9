namespace Candeia.Tests;

public class AnomalyTests
{
    static string Message(Action run) => Assert.Throws<AnomalyException>(run).Message;

    [Fact]
    public void The_op_that_makes_NaN_is_named_with_its_line()
    {
        using var _ = Autograd.DetectAnomaly();
        string message = Message(() => Roots(Tensor.From([4f, -1])));
        Assert.StartsWith("Sqrt made NaN of numbers: [2] → [2], applied in ", message, StringComparison.Ordinal);
        Assert.Contains($"{nameof(AnomalyTests)}.{nameof(Roots)}, {nameof(AnomalyTests)}.cs:", message, StringComparison.Ordinal);
    }

    static Tensor Roots(Tensor x) => x.Sqrt() + 1;

    [Fact]
    public void The_op_whose_gradient_is_not_finite_is_named_with_the_line_that_applied_it()
    {
        var x = Tensor.From([4f, 0]);
        x.RequiresGrad = true;
        using var _ = Autograd.DetectAnomaly();
        var loss = Roots(x).Sum();
        string message = Message(() => loss.Backward());
        Assert.StartsWith("The backward pass of Sqrt made infinity of a finite gradient: for its input 0, [2] → [2]", message, StringComparison.Ordinal);
        Assert.Contains($"{nameof(AnomalyTests)}.{nameof(Roots)}, ", message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_op_that_would_be_done_with_the_next_one_is_told_apart_from_it()
    {
        Tensor x = Tensor.Full([1, 2], 3e38), weight = Tensor.From([2f, -2]).Reshape(1, 2);   // ∞ − ∞
        weight.RequiresGrad = true;
        using var _ = Autograd.DetectAnomaly();
        Assert.StartsWith("Linear made NaN", Message(() => x.Linear(weight).Relu()), StringComparison.Ordinal);
    }

    [Fact]
    public void NaN_that_goes_in_may_come_out_and_outside_of_the_scope_nothing_is_said()
    {
        var x = Tensor.From([float.NaN, 1]);
        using (Autograd.DetectAnomaly()) Assert.True((bool)(x * 2).IsNaN().Any());
        Assert.True((bool)Tensor.From([-1f]).Sqrt().IsNaN().Any());
    }
}
