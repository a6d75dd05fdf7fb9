using Candeia.NN;

namespace Candeia.Tests;

public class SummaryTests
{
    [Fact]
    public void A_table_fits_its_window()
    {
        var summary = new Sequential(new Conv2d(1, 32, 3), new ReLU(), new Conv2d(32, 64, 3)).Summarize([48, 1, 130, 130]);
        for (int columns = 40; columns <= 200; columns++)
        {
            string[] lines = summary.ToString(columns).Split('\n')[1..^2];
            Assert.All(lines, l => Assert.InRange(l.TrimEnd().Length, 1, columns));
            Assert.Equal(summary.Rows.Count, lines.Count(l => l.Contains('[', StringComparison.Ordinal)));
        }
        Assert.Equal(summary.ToString(), summary.ToString(200));
        Assert.DoesNotContain("Conv2d", summary.ToString(60), StringComparison.Ordinal);
    }

    [Fact]
    public void The_correlation_network_has_3_304_193_parameters()
    {
        var model = new CorrelationNet();
        var summary = model.Summarize([1, 1, 130, 130]);
        Assert.Equal(3_304_193, summary.Parameters);
        Assert.Equal(3_304_193, summary.Trained);
        Assert.Equal([1, 1], summary.Output);
        Assert.Equal("""
            CorrelationNet: [1, 1, 130, 130] → [1, 1]
            ───
            layer  type               output             parameters  multiply-adds
            ───
            conv1  Conv2d 1→32 3×3    [1, 32, 128, 128]         320         4.72 M
            conv2  Conv2d 32→64 3×3   [1, 64, 62, 62]        18,496         70.9 M
            conv3  Conv2d 64→128 3×3  [1, 128, 29, 29]       73,856         62.0 M
            fc1    Linear 25088→128   [1, 128]            3,211,392         3.21 M
            fc2    Linear 128→1       [1, 1]                    129            128
            ───
            3,304,193 parameters, 12.6 MiB
            141 M multiply-adds for this input, 3.3 MiB of layers' results
            """.Replace("───", new string('─', 5 + 17 + 17 + 10 + 13 + 8), StringComparison.Ordinal), summary.ToString());
        Assert.Equal(128L * 128 * 32 * 9 + 62L * 62 * 64 * 32 * 9 + 29L * 29 * 128 * 64 * 9 + 25088 * 128 + 128, summary.MultiplyAdds);
        Assert.Equal(4 * (32L * 128 * 128 + 64 * 62 * 62 + 128 * 29 * 29 + 128 + 1), summary.ResultBytes);
        Assert.True(model.IsTraining);
    }

    sealed class Shared : Layer
    {
        readonly Linear a = new(4, 4);
        readonly Sequential chain = [new Linear(4, 4, bias: false), new Dropout(0.2)];
        readonly Linear unused = new(1, 1);
        readonly Tensor scale = Parameter.Of(Tensor.Ones([4]));

        public Shared()
        {
            unused.Freeze();
            chain[1].Eval();
        }

        public override Tensor Forward(Tensor x) => (x.Apply(a).Apply(a).Apply(chain) * scale).Sum(1) + 0 * unused.Weight.Sum();
    }

    [Fact]
    public void A_model_is_tried_in_the_type_of_its_parameters()
    {
        foreach (var dtype in new[] { DType.Float64, DType.BFloat16 })
            Assert.Equal([2, 3], new Linear(4, 3).To(dtype).Summarize([2, 4]).Rows[0].Output!);
        using var _ = Tensor.WithDefaultDType(DType.Float64);
        Assert.Equal([2, 4], new ReLU().Summarize([2, 4]).Rows[0].Output!);
    }

    [Fact]
    public void Shared_modules_count_once_and_modes_are_restored()
    {
        var model = new Shared();
        var summary = model.Summarize([2, 4]);
        Assert.Equal(["", "a", "chain.0", "chain.1", "unused"], summary.Rows.Select(r => r.Path));
        Assert.Equal([4L, 20, 16, 0, 2], summary.Rows.Select(r => r.Parameters));
        Assert.Equal(40, summary.Trained);
        Assert.Null(summary.Rows[4].Output);
        Assert.Contains("2 frozen", summary.ToString(), StringComparison.Ordinal);
        Assert.Contains("42 parameters, 40 of them trained", summary.ToString(), StringComparison.Ordinal);
        Assert.Equal([true, true, true, true, false, true], model.NamedModules().Select(m => m.Module.IsTraining));
    }

    sealed class Outside : Layer
    {
        readonly Linear a = new(4, 4);
        readonly Tensor weight = Parameter.Of(Tensor.Ones([4, 3]));
        readonly Block block = new();

        public override Tensor Forward(Tensor x) => x.Apply(a).Apply(a).Apply(block).MatMul(weight);
    }

    sealed class Block : Layer
    {
        readonly Linear inner = new(4, 4);
        readonly Tensor scale = Parameter.Of(Tensor.Ones([4, 4]));

        public override Tensor Forward(Tensor x) => x.Apply(inner).MatMul(scale);
    }

    [Fact]
    public void What_is_computed_outside_of_layers_belongs_to_the_module_around_them()
    {
        var summary = new Outside().Summarize([5, 4]);
        Assert.Equal(["", "a", "block", "block.inner"], summary.Rows.Select(r => r.Path));
        Assert.Equal([5 * 4 * 3, 2 * 5 * 16, 5 * 16, 5 * 16], summary.Rows.Select(r => r.MultiplyAdds));
        Assert.Equal(summary.Rows.Sum(r => r.MultiplyAdds), summary.MultiplyAdds);
    }

    [Fact]
    public void A_wrong_input_names_the_layer()
    {
        var e = Assert.Throws<ShapeException>(() => new CorrelationNet().Summarize([1, 3, 130, 130]));
        Assert.StartsWith("conv1 (Conv2d 1→32 3×3): input Float32 [1, 3, 130, 130]: ", e.Message, StringComparison.Ordinal);
        Assert.Contains("has 3 channels", e.Message, StringComparison.Ordinal);
    }
}
