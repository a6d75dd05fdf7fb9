using Candeia.Text;
using Candeia.Training;

namespace Candeia.Experiments;

/// <summary>Lets a language model write something after each part of its training, and keeps the loss of every step.</summary>
sealed class Sampling(LanguageModel model, string prompt, ulong seed, IStory story) : Callback
{
    const int Length = 160;
    readonly List<string> _samples = [];
    readonly List<double> _losses = [];

    /// <summary>What it has written, part by part.</summary>
    public IReadOnlyList<string> Samples => _samples;

    /// <summary>The loss of each step, in nats per character.</summary>
    public IReadOnlyList<double> Losses => _losses;

    public override void On(BatchEnd e)
    {
        if (e.Phase == Phase.Train) _losses.Add(e.Loss);
    }

    public override void On(EpochEnd e)
    {
        if (!double.IsFinite(e.Result.Train.Loss)) return;
        _samples.Add(Write(Length));
        story.Line($"{_samples[^1]}");
    }

    /// <summary>The prompt, and how the model goes on.</summary>
    public string Write(int length) =>
        prompt + string.Concat(model.Generate(prompt, new() { Temperature = 0.8, MaxTokens = length, Generator = new Generator(seed).Split(_samples.Count) }));
}
