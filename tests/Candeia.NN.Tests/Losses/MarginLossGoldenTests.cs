using Candeia.NN;

namespace Candeia.Tests;

/// <summary>Losses of margins, vectors, labels, counts and sequences, against what PyTorch recorded of them.</summary>
public class MarginLossGoldenTests
{
    static readonly Dictionary<string, Func<GoldenCall, Reduction, Tensor>> s_losses = new()
    {
        ["soft_margin_loss"] = (c, r) => c[0].SoftMarginLoss(c[1], r),
        ["hinge_embedding_loss"] = (c, r) => c[0].HingeEmbeddingLoss(c[1], c.Case.Number("margin", 1), r),
        ["margin_ranking_loss"] = (c, r) => c[0].MarginRankingLoss(c[1], c[2], c.Case.Number("margin"), r),
        ["cosine_embedding_loss"] = (c, r) => c[0].CosineEmbeddingLoss(c[1], c[2], c.Case.Number("margin"), r),
        ["multi_margin_loss"] = (c, r) => c[0].MultiMarginLoss(c[1], c.Case.Int("p", 1), c.Case.Number("margin", 1), c.Named("weight"), r),
        ["multilabel_margin_loss"] = (c, r) => c[0].MultilabelMarginLoss(c[1], r),
        ["multilabel_soft_margin_loss"] = (c, r) => c[0].MultilabelSoftMarginLoss(c[1], c.Named("weight"), r),
        ["triplet_margin_loss"] = (c, r) => c[0].TripletMarginLoss(c[1], c[2], c.Case.Number("margin", 1), c.Case.Number("p", 2), swap: c.Case.Flag("swap"), reduction: r),
        ["poisson_nll_loss"] = (c, r) => c[0].PoissonNllLoss(c[1], c.Case.Flag("log_input", true), c.Case.Flag("full"), reduction: r),
        ["gaussian_nll_loss"] = (c, r) => c[0].GaussianNllLoss(c[1], c.Named("var")!, c.Case.Flag("full"), reduction: r),
        ["sigmoid_focal_loss"] = (c, r) => c[0].SigmoidFocalLoss(c[1], c.Case.Number("alpha", 0.25), c.Case.Number("gamma", 2), r),
        ["dice_loss"] = (c, r) => c[0].DiceLoss(c[1], reduction: r),
        ["aum_loss"] = (c, r) => c[0].AumLoss(c[1]),
        ["ctc_loss"] = (c, r) => c[0].LogSoftmax(-1).CtcLoss(c[1], c[2], c[3], c.Case.Int("blank"), r, c.Case.Flag("zero_infinity")),
    };

    public static TheoryData<string> Ops => [.. s_losses.Keys];

    [Theory, MemberData(nameof(Ops))]
    public void Values_and_gradients_are_those_of_PyTorch(string op) =>
        GoldenCall.Check("losses", op, c => [s_losses[op](c, Enum.Parse<Reduction>(c.Case.Text("reduction")!, ignoreCase: true))]);

    [Fact]
    public void A_distance_of_ones_own_makes_triplets()
    {
        Tensor a = Tensor.Randn([4, 3]), b = Tensor.Randn([4, 3]), c = Tensor.Randn([4, 3]);
        Assert.Equal((double)a.TripletMarginLoss(b, c), (double)a.TripletMarginWithDistanceLoss(b, c), 1e-6);
        var l1 = (a - b).Abs().Sum(1) - (a - c).Abs().Sum(1) + 1;
        Assert.Equal((double)l1.Clamp(min: 0).Mean(), (double)a.TripletMarginWithDistanceLoss(b, c, (x, y) => (x - y).Abs().Sum(1)), 1e-5);
    }

    [Fact]
    public void Alignments_that_are_tried_one_by_one_have_the_probability_of_the_loss()
    {
        var steps = Tensor.Randn([4, 1, 3], DType.Float64, new Generator(2)).LogSoftmax(2);
        double[] p = steps.Exp().ToArray<double>();
        double sum = 0;
        for (int path = 0; path < 81; path++)
        {
            int[] at = [path / 27, path / 9 % 3, path / 3 % 3, path % 3];
            var spelled = at.Where((c, i) => i == 0 || at[i - 1] != c).Where(c => c != 0);
            if (spelled.SequenceEqual([2, 1])) sum += at.Select((c, t) => p[t * 3 + c]).Aggregate((a, b) => a * b);
        }
        Assert.Equal(-Math.Log(sum), (double)steps.CtcLoss(Tensor.From([2L, 1]).Reshape(1, 2), Tensor.From([4L]), Tensor.From([2L]), reduction: Reduction.Sum), 1e-12);
    }

    [Fact]
    public void Any_number_of_threads_makes_the_same_bits()
    {
        int before = Threads.Count;
        try
        {
            var found = new List<(float[], float[])>();
            foreach (int threads in (int[])[1, 2])
            {
                Threads.Count = threads;
                var scores = Tensor.Randn([20, 5, 7], generator: new Generator(4));
                scores.RequiresGrad = true;
                var labels = Tensor.Randint(1, 7, [5, 6], generator: new Generator(5));
                var losses = scores.LogSoftmax(2).CtcLoss(labels, Tensor.Full([5], 20, DType.Int64), Tensor.Full([5], 6, DType.Int64), reduction: Reduction.None);
                losses.Sum().Backward();
                found.Add((losses.ToArray<float>(), scores.Grad!.ToArray<float>()));
            }
            Assert.Equal(found[0].Item1, found[1].Item1);
            Assert.Equal(found[0].Item2, found[1].Item2);
        }
        finally { Threads.Count = before; }
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Tensor x = Tensor.Zeros([2, 3]), classes = Tensor.From([0L, 3]);
        Assert.Throws<ArgumentOutOfRangeException>(() => x.MultiMarginLoss(classes));
        Assert.Throws<ShapeException>(() => x.TripletMarginLoss(Tensor.Zeros([2, 4]), x));
        Assert.Throws<ShapeException>(() => x.CosineEmbeddingLoss(x, Tensor.Ones([3])));
        Assert.Throws<ArgumentException>(() => x.GaussianNllLoss(x, x - 1));
        var steps = Tensor.Zeros([4, 2, 3]).LogSoftmax(2);
        Tensor two = Tensor.From([2L, 2]), four = Tensor.From([4L, 4]), labels = Tensor.From([1L, 2, 2, 1]);
        Assert.Contains("has the label 3", Assert.Throws<ArgumentOutOfRangeException>(() => steps.CtcLoss(Tensor.From([1L, 2, 3, 1]).Reshape(2, 2), four, two)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => steps.CtcLoss(labels.Reshape(2, 2), four + 1, two));
        Assert.Throws<ShapeException>(() => steps.CtcLoss(labels, four, two + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => steps.CtcLoss(labels.Reshape(2, 2), four, two, blank: 3));
    }
}
