using Candeia.NN;

namespace Candeia.Text.Tests;

public sealed class TextClassifierTests : IDisposable
{
    static readonly WordTokenizer s_words = WordTokenizer.Build(["good bad not the film was"]);

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(TextNetwork.BagOfWords)]
    [InlineData(TextNetwork.Bag)]
    [InlineData(TextNetwork.Lstm)]
    [InlineData(TextNetwork.Transformer)]
    public void A_folder_gives_the_same_answers_back(TextNetwork network)
    {
        var classifier = new TextClassifier(new(network, ["no", "yes", "perhaps"], MaxLength: 5, Features: 8, Heads: 2), s_words);
        foreach (var p in classifier.Network.Parameters()) p.Detach().CopyFrom(Tensor.Randn([.. p.Shape]));
        classifier.Save(_folder["model"]);
        var loaded = TextClassifier.Load(_folder["model"]);
        string[] texts = ["The film was not bad", "", "unheard of!", string.Concat(Enumerable.Repeat("good ", 100))];
        Assert.Equal(classifier.Probabilities(texts), loaded.Probabilities(texts));
        Assert.Equal(classifier.Config.Classes, loaded.Config.Classes);
        Assert.All(loaded.Classify(texts), c => Assert.Equal(loaded.Config.Classes[c.Label], c.Name));
        Assert.All(loaded.Probabilities(texts), p => Assert.Equal(1, p.Sum(), 5));
        Assert.Equal(["classifier.json", "model.safetensors", "tokenizer.json"], Directory.EnumerateFiles(_folder["model"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Pieces_speak_for_a_class_and_against_it()
    {
        var classifier = new TextClassifier(new(TextNetwork.BagOfWords, ["no", "yes"]), s_words);
        var weights = ((BagOfWords)classifier.Network).Weights.Detach();
        weights[s_words.Vocabulary["good"], 1] = 2;
        weights[s_words.Vocabulary["bad"], 0] = 2;
        var told = classifier.Explain("The film was good, not bad", 1).ToDictionary(t => t.Token.Text, t => t.Weight);
        Assert.True(told["good"] > 0.1 && told["bad"] < -0.1 && Math.Abs(told["film"]) < 1e-6, string.Join(' ', told));
        Assert.Empty(classifier.Explain("", 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => classifier.Explain("a", 2));
    }

    [Fact]
    public void Another_tokenizer_than_that_of_the_training_is_refused()
    {
        new TextClassifier(new(TextNetwork.Bag, ["no", "yes"]), s_words).Save(_folder.Path);
        WordTokenizer.Build(["good bad not the film is"]).Save(_folder["tokenizer.json"]);
        Assert.Contains("is not the tokenizer that this model was trained with", Fault(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_missing_or_damaged_is_said_in_one_sentence()
    {
        Assert.Contains("classifier.json", Fault(), StringComparison.Ordinal);
        var lstm = new TextClassifier(new(TextNetwork.Lstm, ["no", "yes"], Features: 8), s_words);
        lstm.Save(_folder.Path);
        string description = File.ReadAllText(_folder["classifier.json"]);
        void With(string old, string now) => File.WriteAllText(_folder["classifier.json"], description.Replace(old, now, StringComparison.Ordinal));
        With("\"features\": 8", "\"features\": 1000000");
        Assert.Contains("too small for a network of these sizes", Fault(), StringComparison.Ordinal);
        With("\"features\": 8", "\"features\": 7");
        Assert.Contains("does not hold the weights of this model", Fault(), StringComparison.Ordinal);
        With("\"Lstm\"", "\"Gru\"");
        Assert.Contains("is not as expected", Fault(), StringComparison.Ordinal);
        With("\"Lstm\"", "77");
        Assert.Contains("its network is of no known kind", Fault(), StringComparison.Ordinal);
        With("\"yes\"", "\"yes\", null");
        Assert.Contains("fewer than two classes", Fault(), StringComparison.Ordinal);
        File.WriteAllText(_folder["classifier.json"], description);
        File.Delete(_folder["model.safetensors"]);
        Assert.Contains("model.safetensors", Fault(), StringComparison.Ordinal);
    }

    [Fact]
    public void Classifiers_that_cannot_be_are_refused()
    {
        Assert.Contains("fewer than two classes", Assert.Throws<ArgumentException>(() => new TextClassifier(new(TextNetwork.Bag, ["one"]), s_words)).Message, StringComparison.Ordinal);
        Assert.Contains("do not divide", Assert.Throws<ArgumentException>(() => new TextClassifier(new(TextNetwork.Transformer, ["a", "b"], Features: 10, Heads: 4), s_words)).Message, StringComparison.Ordinal);
        Assert.Contains("no token '<pad>'", Assert.Throws<InvalidOperationException>(() => new TextClassifier(new(TextNetwork.Bag, ["a", "b"]), CharacterTokenizer.Build(["ab"]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_descriptions_are_read_or_refused()
    {
        new TextClassifier(new(TextNetwork.Lstm, ["no", "yes"], Features: 4), s_words).Save(_folder.Path);
        byte[][] words = [.. ((string[])["null", "\"Transformer\"", "2147483647", "-1", "1e999", "[]"]).Select(System.Text.Encoding.UTF8.GetBytes)];
        byte[] valid = File.ReadAllBytes(_folder["classifier.json"]);
        Fuzz.Run([valid], words, bytes =>
        {
            File.WriteAllBytes(_folder["classifier.json"], bytes);
            try { Assert.InRange(TextClassifier.Load(_folder.Path).Classify("good").Probability, 0.4, 1); }
            catch (TokenizerException fault) { Assert.EndsWith(".", fault.Message, StringComparison.Ordinal); }
        });
    }

    string Fault()
    {
        string message = Assert.Throws<TokenizerException>(() => TextClassifier.Load(_folder.Path)).Message;
        Assert.DoesNotContain('\n', message);
        return message;
    }
}
