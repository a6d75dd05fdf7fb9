using Candeia.Data;
using Candeia.NN;
using Candeia.Text;
using Candeia.Training;

namespace Candeia.Experiments.Tests;

/// <summary>luz's article on text generation, small: a GPT-2 learns from a stream of text by Fit, and a callback lets it write after every few steps.</summary>
public class TextGenerationTests
{
    sealed class Shows(LanguageModel model, int every) : Callback
    {
        public List<string> Texts { get; } = [];

        public override void On(BatchEnd e)
        {
            if (e.Phase != Phase.Train || e.Run.Step % every != 0) return;
            Texts.Add(string.Concat(model.Generate("R is ", new() { Temperature = 0, MaxTokens = 14 })));
            Assert.True(model.Network.IsTraining);
        }
    }

    [Fact]
    public void A_callback_shows_how_it_learns_to_write()
    {
        string text = string.Concat(Enumerable.Repeat("R is for numbers. C# is for all. ", 60));
        var tokenizer = CharacterTokenizer.Build([text]);
        var gpt = new Gpt(new(tokenizer.VocabularySize, Context: 32, Layers: 2, Heads: 2, Width: 32), new Generator(1));
        var shows = new Shows(new(gpt, tokenizer), every: 30);
        gpt.Setup(Gpt.Loss, p => new AdamW(p, 3e-3)).With(new ClipGradNorm(1), shows).Limit(steps: 150).Quiet()
            .Fit(new TokenWindows(tokenizer.Encode(text), 32, step: 1).Loader(8, shuffle: true, seed: 1), epochs: 1);
        Assert.Equal(5, shows.Texts.Count);
        Assert.Equal("for numbers. C", shows.Texts[^1]);
        Assert.NotEqual(shows.Texts[0], shows.Texts[^1]);
    }
}
