using Candeia.Data;
using Candeia.Datasets;
using Candeia.NN;
using Candeia.Text;
using Candeia.Training;

namespace Candeia.Cli.Tests;

/// <summary>The code of docs/text-classification.md, as it stands there.</summary>
static class TextPage
{
    const double rate = 3e-3;
    const int epochs = 1;
    const string text = "The plot was not boring.";
    static readonly string[] classes = ["negative", "positive"];

    public static (TextClass Answer, TextFolder Own, TextTable Table) Run()
    {
        Dataset<TextSample> reviews = new DrawnReviews(count: 3000);
        var words = WordTokenizer.Build(reviews.Select(r => r.Text), minFrequency: 2, maxSize: 20_000);
        foreach (var token in words.Tokenize("It was not boring.")) Console.Write($"{token.Text} {token.Id}  ");

        reviews = reviews[..100];
        var classifier = new TextClassifier(new(TextNetwork.Lstm, classes, MaxLength: 300), words);
        var train = new TextDataset(reviews, classifier.Encoding);
        classifier.Network
            .Setup(loss: (y, target) => y.CrossEntropyLoss(target), optimizer: p => new AdamW(p, rate), new Accuracy())
            .Fit(train.Loader(32, sampler: new BucketSampler(train.Lengths, 32)), epochs);

        var lstm = classifier;
        var answer = lstm.Classify(text);
        lstm.Save("runs/reviews");

        var own = new TextFolder("texts");                                   // texts/spam/1.txt, texts/ham/2.txt
        var table = new TextTable("mails.csv", text: "subject", label: "folder");
        return (answer, own, table);
    }
}
