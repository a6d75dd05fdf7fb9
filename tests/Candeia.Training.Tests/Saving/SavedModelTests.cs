using System.Globalization;
using Candeia.Data;
using Candeia.NN;
using Candeia.Tests;

namespace Candeia.Training.Tests;

/// <summary>What was saved with its preprocessing takes what users have.</summary>
public sealed class SavedModelTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Numbers separated by blanks, halved on the way in and tenfold on the way out.</summary>
    sealed class Words(double by) : IPreprocessing<string>
    {
        public Tensor Apply(string asked) => Tensor.From([.. asked.Split(' ').Select(w => float.Parse(w, CultureInfo.InvariantCulture))]).Unsqueeze(0) * by;

        public Tensor Answer(Tensor output) => output * 10;

        public void Save(string path) => WholeFile.Write(path, by.ToString(CultureInfo.InvariantCulture));

        public static Words Load(string path) => new(double.Parse(File.ReadAllText(path), CultureInfo.InvariantCulture));
    }

    static Linear Net() => new(3, 2);

    static Fitted<Linear> Train()
    {
        var x = Tensor.Randn([40, 3], generator: new Generator(5));
        return Net().Setup((y, t) => y.CrossEntropyLoss(t), p => new Adam(p, 0.01), new Accuracy()).Quiet().Fit(x, (x.Sum(1) > 0).To(DType.Int64), epochs: 2, valid: 0.2);
    }

    static ModelNotes Notes => new() { Title = "Signs", Data = "Forty | drawn rows", Licence = "CC0-1.0", Classes = ["below", "above"], Preprocessing = new Words(0.5) };

    [Fact]
    public void It_is_asked_with_a_text_and_answers_with_classes()
    {
        var fitted = Train();
        fitted.Save(_folder.Path, Notes);
        var loaded = Fitted.Load(_folder.Path, Net, Words.Load);
        Tensor x = [[0.5f, 1f, -0.5f]];
        Assert.Equal((fitted.Predict(x) * 10).ToArray<float>(), loaded.Predict("1 2 -1").ToArray<float>());
        float[] expected = (fitted.Predict(x) * 10).Softmax(1).ToArray<float>();
        var said = loaded.Classify("1 2 -1");
        Assert.Equal(expected.Max(), said[0].Probability, 1e-6);
        Assert.Equal(expected[0] > expected[1] ? "below" : "above", said[0].Class);
        Assert.Equal(2, said.Count);
    }

    [Fact]
    public void The_card_says_data_sizes_metrics_and_licence_and_what_is_not_known()
    {
        var fitted = Train();
        fitted.Save(_folder.Path, Notes with { Test = fitted.Evaluate(Tensor.Ones([7, 3]), Tensor.Ones([7], DType.Int64)) });
        string card = File.ReadAllText(_folder["model-card.md"]);
        Assert.StartsWith("---\nlibrary_name: candeia\nlicense: cc0-1.0\n---\n\n# Signs\n", card, StringComparison.Ordinal);
        foreach (string part in (string[])["| network | Linear, 8 parameters |", "| tells apart | below, above |", "| licence | CC0-1.0 |", "Forty | drawn rows", "| | samples | loss | accuracy |",
            "| training, last epoch | 32 |", "| validation, last epoch | 8 |", "| test | 7 |", "2 epochs, 2 steps of Adam."])
            Assert.Contains(part, card, StringComparison.Ordinal);
        fitted.Save(_folder["plain"]);
        Assert.Contains("not chosen yet", File.ReadAllText(_folder[Path.Combine("plain", "model-card.md")]), StringComparison.Ordinal);
    }

    [Fact]
    public void Notes_go_on_with_the_model_and_a_preprocessing_that_is_gone_leaves_no_file()
    {
        Train().Save(_folder.Path, Notes);
        var loaded = Fitted.Load(_folder.Path, Net, Words.Load).Fitted;
        loaded.Save(_folder["again"]);
        Assert.Equal(Fitted.Load(_folder.Path, Net, Words.Load).Predict("1 2 3").ToArray<float>(), Fitted.Load(_folder["again"], Net, Words.Load).Predict("1 2 3").ToArray<float>());
        Assert.Equal(["below", "above"], Fitted.Load(_folder["again"], Net).Notes.Classes);
        Train().Save(_folder["again"]);
        Assert.False(File.Exists(_folder[Path.Combine("again", "preprocessing.json")]));
        Assert.Contains("without a preprocessing", Message("again"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_does_not_belong_together_is_refused()
    {
        Train().Save(_folder["a"], Notes);
        File.WriteAllText(_folder[Path.Combine("a", "preprocessing.json")], "0.25");
        Assert.Contains("is not the file", Message("a"), StringComparison.Ordinal);
        File.Delete(_folder[Path.Combine("a", "preprocessing.json")]);
        Assert.Contains("preprocessing.json", Message("a"), StringComparison.Ordinal);
        Train().Save(_folder["b"], Notes with { Classes = [] });
        Assert.Contains("without the names", Assert.Throws<InvalidOperationException>(() => Fitted.Load(_folder["b"], Net, Words.Load).Classify("1 2 3")).Message, StringComparison.Ordinal);
        Train().Save(_folder["b"], Notes with { Classes = ["one", "two", "three"] });
        Assert.Contains("3 classes", Assert.Throws<InvalidOperationException>(() => Fitted.Load(_folder["b"], Net, Words.Load).Classify("1 2 3")).Message, StringComparison.Ordinal);
    }

    string Message(string folder) => Assert.Throws<CheckpointException>(() => Fitted.Load(_folder[folder], Net, Words.Load)).Message;
}
