using Candeia.Data;
using Candeia.Text;
using Candeia.Training;

namespace Candeia.Experiments;

/// <summary>What came of a network.</summary>
/// <param name="Contestant">Which one it is.</param>
/// <param name="Classifier">The network with its tokenizer.</param>
/// <param name="History">How it learnt.</param>
/// <param name="Seconds">How long that took.</param>
/// <param name="Answers">What it says of each text of the test.</param>
sealed record TextResult(TextContestant Contestant, TextClassifier Classifier, History History, double Seconds, IReadOnlyList<TextAnswer> Answers)
{
    public double Accuracy => Answers.Average(a => a.IsRight ? 1.0 : 0);

    public long Parameters => Classifier.Network.Parameters().Sum(p => p.Numel);

    /// <summary>What is taken for what.</summary>
    public Confusion Confusion
    {
        get
        {
            int classes = Classifier.Config.Classes.Count;
            var counts = new long[classes, classes];
            foreach (var a in Answers) counts[a.Text.Label, a.Class.Label]++;
            return new(counts);
        }
    }

    public TextScore Score => new(Contestant.Name, Accuracy, Confusion.F1(Average.Macro), Parameters, Seconds, [.. History.Epochs.Select(EpochLoss.Of)]);
}

/// <summary>What a network says of a text.</summary>
/// <param name="Text">The text.</param>
/// <param name="Class">What it is taken for.</param>
sealed record TextAnswer(TextSample Text, TextClass Class)
{
    public bool IsRight => Class.Label == Text.Label;
}
