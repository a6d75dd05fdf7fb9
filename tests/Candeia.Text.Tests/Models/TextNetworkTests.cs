using Candeia.NN;

namespace Candeia.Text.Tests;

public class TextNetworkTests
{
    const int Vocabulary = 12;

    public static TheoryData<string, Layer> All => new()
    {
        { "regression", new BagOfWords(Vocabulary, 3) },
        { "bag", new BagClassifier(Vocabulary, 3, features: 8) },
        { "lstm", new LstmClassifier(Vocabulary, 3, features: 8, hidden: 8, layers: 2) },
        { "transformer", new TransformerClassifier(Vocabulary, 3, maxLength: 10, features: 8, heads: 2) },
    };

    [Theory]
    [MemberData(nameof(All))]
    public void Padding_changes_no_answer(string name, Layer net)
    {
        net.Eval();
        var alone = net.Forward(Tensor.From([3L, 5, 2], [1, 3]));
        var padded = net.Forward(Tensor.From([3L, 5, 2, 0, 0, 7, 7, 7, 7, 7], [2, 5]));
        Assert.Equal([2, 3], padded.Shape);
        Assert.True((padded[0] - alone[0]).Abs().Max().Item() < 1e-5, name);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void An_empty_text_has_an_answer_too(string name, Layer net)
    {
        net.Eval();
        var y = net.Forward(Tensor.From([0L, 0, 0, 4, 5, 6], [2, 3]));
        Assert.True(y.ToArray<float>().All(float.IsFinite), name);
        Assert.True((net.Forward(Tensor.From([0L], [1, 1]))[0] - y[0]).Abs().Max().Item() < 1e-5, name);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Every_parameter_learns(string name, Layer net)
    {
        net.Train();
        if (net is BagOfWords) net.Forward(Tensor.From([3L, 5, 2, 4], [2, 2])).CrossEntropyLoss(Tensor.From([0L, 2])).Backward();
        else net.Forward(Tensor.From([3L, 5, 2, 4, 6, 0], [2, 3])).CrossEntropyLoss(Tensor.From([0L, 2])).Backward();
        Assert.All(net.NamedParameters(), p => Assert.True(p.Parameter.Grad is { } g && g.Abs().Sum().Item() > 0, $"{name}: {p.Name}"));
    }

    [Fact]
    public void The_order_of_words_is_seen_by_those_that_read()
    {
        foreach (var (name, net) in All.Select(r => ((string)r[0], (Layer)r[1])))
        {
            if (net is BagOfWords bag) Init.Normal(bag.GetTensor("words.weight"));
            net.Eval();
            var y = net.Forward(Tensor.From([3L, 5, 2, 2, 5, 3], [2, 3]));
            double difference = (y[0] - y[1]).Abs().Max().Item();
            Assert.True(net is LstmClassifier or TransformerClassifier ? difference > 1e-4 : difference < 1e-5, $"{name}: {difference}");
        }
    }

    [Fact]
    public void Texts_that_are_too_long_or_no_texts_are_refused()
    {
        var transformer = new TransformerClassifier(Vocabulary, 3, maxLength: 2, features: 8, heads: 2);
        Assert.Contains("Texts of 3 pieces are longer than the 2", Assert.Throws<ShapeException>(() => transformer.Forward(Tensor.Ones([1, 3], DType.Int64))).Message, StringComparison.Ordinal);
        var lstm = new LstmClassifier(Vocabulary, 3);
        Assert.Contains("not [3]", Assert.Throws<ShapeException>(() => lstm.Forward(Tensor.Ones([3], DType.Int64))).Message, StringComparison.Ordinal);
        Assert.Contains("not [2, 0]", Assert.Throws<ShapeException>(() => lstm.Forward(Tensor.Zeros([2, 0], DType.Int64))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => lstm.Forward(Tensor.Ones([2, 3])));
    }
}
