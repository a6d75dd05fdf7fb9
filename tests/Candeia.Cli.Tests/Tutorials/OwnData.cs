using Candeia.Data;
using Candeia.Datasets;
using Candeia.NN;
using Candeia.Text;
using Candeia.Training;
using Candeia.Vision;

namespace Candeia.Cli.Tests;

/// <summary>The code of docs/your-own-data.md, as it stands there.</summary>
static class OwnData
{
    public static (double[] Rents, double Rent) Tables()
    {
        var flats = CsvTable.Read("flats.csv");
        Console.WriteLine(flats);

        var (train, test) = flats.Split(0.85, seed: 1);
        var encoder = TableEncoder.Fit(train, target: "rent");

        var fitted = new Sequential(new Linear(encoder.Features.Count, 32), new ReLU(), new Linear(32, 1))
            .Setup(loss: (y, rent) => y.Squeeze(1).MseLoss(rent), optimizer: p => new AdamW(p, 3e-3))
            .Fit(encoder.Dataset(train), epochs: 20, valid: 0.15);

        double[] rents = encoder.Decode(fitted.Predict(encoder.Encode(test)));

        fitted.Save("runs/flats", new ModelNotes { Title = "What is the rent?", Data = "2000 flats, drawn", Licence = "CC0-1.0", Preprocessing = encoder });

        var model = Fitted.Load("runs/flats", () => new Sequential(new Linear(encoder.Features.Count, 32), new ReLU(), new Linear(32, 1)), TableEncoder.Load);
        var row = DataFrame.Of([new { area = 71.5, rooms = 3, floor = 2, quarter = "harbour", built = (int?)null, furnished = true, listed = new DateOnly(2025, 9, 1) }]);
        double rent = model.Predict(row).Item();
        return (rents, rent);
    }

    public static DataFrame Parquet()
    {
        var all = ParquetTable.Read("flats.parquet");
        foreach (var part in ParquetTable.RowGroups("flats.parquet", columns: ["area", "rent"])) Console.WriteLine(part.Count);
        return all;
    }

    public static ImageClassifier Pictures()
    {
        var photos = new ImageFolder("photos");
        var (learn, check) = photos.Split(0.8, seed: 1);

        var classifier = new ImageClassifier("resnet18", photos.Classes, size: 64);
        classifier.Network
            .Setup(loss: (scores, classes) => scores.CrossEntropyLoss(classes), optimizer: p => new AdamW(p, 2e-3), new Accuracy())
            .Fit(learn.Map(classifier.Augment()).Loader(32, shuffle: true, workers: 2), epochs: 1, check.Map(classifier.Preprocess).Loader(32));
        classifier.Save("runs/photos");
        return classifier;
    }

    public static (TextFolder Texts, TextClassifier Reader) Texts()
    {
        var texts = new TextFolder("texts");                                    // texts/ham/1.txt, texts/spam/2.txt
        var mails = new TextTable("mails.csv", text: "subject", label: "folder");

        var words = WordTokenizer.Build(mails.Select(m => m.Text));
        var reader = new TextClassifier(new(TextNetwork.Bag, mails.Classes, MaxLength: 200), words);
        var sentences = new TextDataset(mails, reader.Encoding);
        reader.Network
            .Setup(loss: (scores, classes) => scores.CrossEntropyLoss(classes), optimizer: p => new AdamW(p, 3e-3), new Accuracy())
            .Fit(sentences.Loader(32, shuffle: true), epochs: 1);
        reader.Save("runs/mails");
        return (texts, reader);
    }

    public static (TensorDataset Pairs, Squares Squares) Others()
    {
        var pairs = new TensorDataset(Tensor.Rand([100, 8]), Tensor.Rand([100, 1]));

        return (pairs, new());
    }
}

sealed class Squares : Dataset<Sample>
{
    public override int Count => 1000;

    public override Sample this[int index] => new(Tensor.From([index / 1000f]), Tensor.From([index * index / 1e6f]));
}
