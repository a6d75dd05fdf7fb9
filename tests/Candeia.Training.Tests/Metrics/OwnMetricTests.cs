using Candeia.Data;
using Candeia.NN;

namespace Candeia.Training.Tests;

/// <summary>A metric of one's own, in ten lines.</summary>
public class OwnMetricTests
{
    /// <summary>The share of outputs within a distance of the target.</summary>
    sealed record Within(double Distance) : MeanMetric
    {
        public override string Name => "within";

        protected override (Tensor Sum, long Count) Measure(Tensor output, Tensor target)
        {
            var near = (output - target).Abs() <= Distance;
            return ((double)near.Sum(), near.Numel);
        }
    }

    /// <summary>Cohen's κ: agreement beyond what chance brings.</summary>
    sealed record Kappa : ClassMetric
    {
        public override string Name => "kappa";

        protected override double Measure(Confusion confusion)
        {
            double chance = Enumerable.Range(0, confusion.Classes).Sum(c => (double)confusion.Truly(c) * confusion.Predicted(c)) / confusion.Total / confusion.Total;
            return (confusion.Accuracy - chance) / (1 - chance);
        }
    }

    sealed class Same : Layer
    {
        readonly Identity same = new();

        public override Tensor Forward(Tensor x) => x.Apply(same);
    }

    [Fact]
    public void It_is_listed_like_the_others()
    {
        var data = new TensorDataset(Tensor.From([0f, 1, 2, 3]), Tensor.From([0.1f, 1.5f, 2, 3.05f])).Loader(3);
        var result = new Same().Setup((y, t) => y.MseLoss(t), p => new SGD(p, 0.1), new Within(0.2)).Evaluate(data);
        Assert.Equal(0.75, result["within"]);
    }

    [Fact]
    public void It_may_follow_from_a_confusion_matrix_that_the_result_keeps()
    {
        Tensor scores = [[1f, 0], [1f, 0], [0f, 1], [0f, 1]];
        var data = new TensorDataset(scores, Tensor.From([0, 0, 1, 0])).Loader(4);
        var result = new Same().Setup((y, t) => y.CrossEntropyLoss(t), p => new SGD(p, 0.1), new Kappa(), new ConfusionMatrix()).Evaluate(data);
        Assert.Equal(0.5, result["kappa"], 1e-12);                           // chance: (3·2 + 1·2) / 16
        Assert.Equal(0.25, result["confusion"]);
        Assert.Equal(1, result.Detail<Confusion>()[0, 1]);
        Assert.Contains("keeps a String", Assert.Throws<InvalidOperationException>(() => result.Detail<string>()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_metrics_of_one_name_are_refused()
    {
        var data = new TensorDataset(Tensor.From([0f, 1]), Tensor.From([0f, 1])).Loader(2);
        var learner = new Same().Setup((y, t) => y.MseLoss(t), p => new SGD(p, 0.1), new Accuracy(), new BinaryAccuracy());
        var e = Assert.Throws<ArgumentException>(() => learner.Evaluate(data));
        Assert.StartsWith("Accuracy and BinaryAccuracy are both listed as accuracy", e.Message, StringComparison.Ordinal);
    }
}
