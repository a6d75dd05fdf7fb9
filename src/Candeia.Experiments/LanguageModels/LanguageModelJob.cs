using System.Diagnostics;
using Candeia.Data;
using Candeia.Distributed;
using Candeia.NN;
using Candeia.Text;
using Candeia.Training;

namespace Candeia.Experiments;

/// <summary>A GPT that learns from a text to foresee its characters, from the text to a report and a model that writes.</summary>
sealed class LanguageModelJob(LanguageModelSettings settings, string outFolder, IStory story)
{
    const double Held = 0.1;
    const int ValidBatches = 20;
    readonly Machine _machine = Machine.Here();

    /// <summary>Returns whether it came to its end. When it is stopped, what was learnt so far is tested and written.</summary>
    public bool Run(CancellationToken cancel)
    {
        var watch = Stopwatch.StartNew();
        var files = new OutFolder(outFolder);
        story.Title("Language model", $"{settings.Threads} threads, {_machine.Vectors}, seed {settings.Seed}");
        Generator.Seed(settings.Seed);

        story.Step("Text");
        string text = Text();
        int cut = (int)((1 - Held) * text.Length);
        if (char.IsLowSurrogate(text[cut])) cut++;
        var (train, held) = (text[..cut], text[cut..]);
        if (held.Length <= settings.Context + 1)
            throw new UserException($"A text of {text.Length} characters is too short for a network that sees {settings.Context} at once; take a text of at least {Math.Ceiling((settings.Context + 2) / Held):0}, or a smaller --context.");
        var tokenizer = CharacterTokenizer.Build([text]);
        story.Line($"{train.Length:N0} characters to learn from, of {tokenizer.VocabularySize} kinds");
        story.Line($"{held.Length:N0} after them are held back for the test");
        story.Line($"it begins: {text[..Math.Min(40, text.Length)].ReplaceLineEndings(" ")}…");

        story.Step("Network");
        var model = new LanguageModel(new Gpt(new(tokenizer.VocabularySize, settings.Context, settings.Layers, settings.Heads, settings.Width, settings.Dropout)), tokenizer);
        long parameters = model.Network.Parameters().Sum(p => p.Numel);
        story.Line($"a GPT with {parameters:N0} parameters");
        story.Line($"{Count.Of(settings.Layers, "layer")} of {Count.Of(settings.Heads, "head")}, {settings.Width} wide; sees {settings.Context} characters at once");

        story.Step("Training");
        var sampling = new Sampling(model, Prompt(held), settings.Seed, story);
        var fitted = Fit(model, tokenizer.Encode(train), tokenizer.Encode(held), sampling, cancel);
        bool stopped = cancel.IsCancellationRequested;

        story.Step("Test");
        double bits = model.BitsPerCharacter(held, settings.BatchSize, CancellationToken.None);
        var metrics = new LanguageModelMetrics(
            bits, Bits.Uniform(train, held), Bits.Frequencies(train, held), Bits.Compressed(train, held), train.Length, held.Length, tokenizer.VocabularySize, parameters,
            [.. fitted.History.Epochs.Select(EpochLoss.Of)], fitted.History.Epochs.Sum(e => e.Train.Samples) * (double)settings.Context / fitted.History.Epochs.Sum(e => e.Train.Seconds),
            watch.Elapsed.TotalSeconds, Machine.PeakMemory(), stopped, settings, Versions.Here(), _machine);
        story.Line($"{bits:0.000} bits per character on the text held back");
        story.Line($"{metrics.Compressed:0.000} are what Brotli needs that has seen the rest");

        story.Step("Files");
        var report = new LanguageModelReport(metrics, text, sampling, sampling.Write(800), model.Network.Summarize([1, settings.Context], DType.Int64));
        LanguageModelFiles.Write(files, model, metrics, report, sampling, fitted.History);
        files.Tell(story);
        story.Line($"./run generate --model {outFolder} --prompt \"{Prompt(held)}\"");
        return !stopped;
    }

    string Text()
    {
        if (settings.TextFile is not { } file)
        {
            story.Line($"tales that are drawn, not written");
            story.Line($"--text FILE takes a text of yours");
            return Tales.Draw(settings.Characters, settings.Seed);
        }
        string text = TextFile.Read(file, "--text");
        story.Line($"{file}");
        return text;
    }

    Fitted<Gpt> Fit(LanguageModel model, int[] train, int[] held, Sampling sampling, CancellationToken cancel)
    {
        int perEpoch = Math.Max(1, settings.Steps / settings.Epochs);
        var learn = new TokenWindows(train, settings.Context, step: 1).Loader(settings.BatchSize, shuffle: true);
        var valid = new TokenWindows(held, settings.Context).Loader(settings.BatchSize);
        double rate = settings.LearningRate;
        var fitted = model.Network.Setup(loss: Gpt.Loss, optimizer: p => new AdamW(p, rate, beta2: 0.99, weightDecay: 0.1))
            .With(story.Training, new DataParallel(), new LearningRateSchedule(steps => new OneCycleSchedule(rate, steps, WarmUp: 0.1, CycleMomentum: false, FinalDivisor: 4), Per.Batch), new ClipGradNorm(1), sampling)
            .Limit(trainBatches: perEpoch, validBatches: ValidBatches).On(settings.Device)
            .Fit(learn, settings.Epochs, valid, cancel);
        fitted.Model.To(Device.Cpu);                                         // what follows is computed here
        fitted.History.Check(cancel);
        return fitted;
    }

    // The first word of a line that the network has not seen: of letters alone, so that it can be typed between quotation marks.
    static string Prompt(string held)
    {
        string line = held[(held.IndexOf('\n', StringComparison.Ordinal) + 1)..];
        string word = string.Concat(line.SkipWhile(c => !char.IsLetter(c)).TakeWhile(char.IsLetter).Take(20));
        return word.Length > 0 ? word : held[..(char.IsHighSurrogate(held[0]) ? 2 : 1)];
    }
}
