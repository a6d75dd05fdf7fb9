namespace Candeia.Tests;

public class LayerAndGroupNormTests
{
    static readonly Dictionary<string, (Func<Tensor, Tensor, Tensor, Tensor> Run, Shape X, Shape W)> s_cases = new()
    {
        ["layer"] = ((x, w, b) => x.LayerNorm([7], w, b), [5, 3, 7], [7]),
        ["layer of two dimensions"] = ((x, w, b) => x.LayerNorm([3, 7], w, b), [5, 3, 7], [3, 7]),
        ["layer of all"] = ((x, w, b) => x.LayerNorm([3, 7], w, b), [3, 7], [3, 7]),
        ["group"] = ((x, w, b) => x.GroupNorm(3, w, b), [4, 6, 5, 3], [6]),
        ["group of vectors"] = ((x, w, b) => x.GroupNorm(2, w, b), [4, 6], [6]),
        ["instance"] = ((x, w, b) => x.GroupNorm(6, w, b), [4, 6, 9], [6]),
        ["group, channels last"] = ((x, w, b) => x.ChannelsLast().GroupNorm(3, w, b), [4, 6, 5, 3], [6]),
    };

    public static TheoryData<string> Cases => [.. s_cases.Keys];

    [Theory, MemberData(nameof(Cases))]
    public void The_gradients_of_one_pass_are_those_that_have_derivatives(string name)
    {
        var (run, sx, sw) = s_cases[name];
        var g = new Generator(3);
        Tensor Leaf(Shape shape)
        {
            var t = Tensor.Randn(shape, DType.Float64, g);
            t.RequiresGrad = true;
            return t;
        }
        Tensor x = Leaf(sx), w = Leaf(sw), b = Leaf(sw), grad = Tensor.Randn(sx, DType.Float64, g);
        var one = Autograd.Gradients(run(x, w, b), [x, w, b], grad);
        var composed = Autograd.Gradients(run(x, w, b), [x, w, b], grad, createGraph: true);
        foreach (var (p, q) in one.Zip(composed)) Assert.All(p.ToArray<double>().Zip(q.ToArray<double>()), v => Assert.Equal(v.Second, v.First, 1e-11));
        var second = Autograd.Gradients(composed[0].Square().Sum(), [x]);
        Assert.Contains(second[0].ToArray<double>(), v => v != 0);
    }

    [Fact]
    public void Only_what_is_wanted_gets_a_gradient()
    {
        Tensor x = Tensor.Randn([3, 4]), w = Tensor.Ones([4]), b = Tensor.Zeros([4]);
        b.RequiresGrad = true;
        x.LayerNorm([4], w, b).Sum().Backward();
        x.GroupNorm(2, w, b).Sum().Backward();
        Assert.Equal([6f, 6, 6, 6], b.Grad!.ToArray<float>());
        Assert.Null(x.Grad);
        Assert.Null(w.Grad);
    }

    [Fact]
    public void What_does_not_fit_is_refused_and_nothing_is_fine()
    {
        var x = Tensor.Ones([2, 6]);
        Assert.Contains("last sizes must be [5]", Assert.Throws<ShapeException>(() => x.LayerNorm([5])).Message, StringComparison.Ordinal);
        Assert.Throws<ShapeException>(() => x.LayerNorm([6], Tensor.Ones([2]), Tensor.Ones([2])));
        Assert.Contains("4 groups", Assert.Throws<ShapeException>(() => x.GroupNorm(4)).Message, StringComparison.Ordinal);
        Assert.Throws<ShapeException>(() => x.GroupNorm(2, Tensor.Ones([2]), Tensor.Ones([2])));
        Assert.Equal([0, 6], Tensor.Ones([0, 6]).LayerNorm([6]).Shape);
        Assert.Equal([0, 6], Tensor.Ones([0, 6]).GroupNorm(2).Shape);
    }
}
