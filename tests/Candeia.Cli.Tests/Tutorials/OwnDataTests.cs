using Candeia.Datasets;
using Candeia.Experiments;
using Candeia.Images;
using Candeia.NN;
using Candeia.Text;
using Candeia.Training;
using Candeia.Vision;
using Parquet;
using Parquet.Schema;

namespace Candeia.Cli.Tests;

/// <summary>docs/your-own-data.md: its code is compiled and runs, on files as they are described there.</summary>
[Collection(nameof(Here))]
public sealed class OwnDataTests : IDisposable
{
    readonly TemporaryFolder _folder = new();
    readonly string _before = Environment.CurrentDirectory;
    readonly TextWriter _output = Console.Out;
    readonly StringWriter _said = new();

    public OwnDataTests()
    {
        Environment.CurrentDirectory = _folder.Path;
        Console.SetOut(_said);
    }

    public void Dispose()
    {
        Console.SetOut(_output);
        Environment.CurrentDirectory = _before;
        _said.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Its_code_is_what_runs_here()
    {
        string compiled = Documents.Normal(Documents.Read("tests", "Candeia.Cli.Tests", "Tutorials", "OwnData.cs"));
        string[] blocks = Documents.CSharp(Documents.Read("docs", "your-own-data.md"));
        Assert.Equal(7, blocks.Length);
        foreach (string part in blocks.SelectMany(b => b.Split("\n\nsealed "))) Assert.Contains(Documents.Normal(part), compiled, StringComparison.Ordinal);
    }

    [Fact]
    public void Tables_are_learnt_and_answered()
    {
        CsvTable.Write("flats.csv", DrawnFlats.Draw(300, 1));
        var (rents, rent) = OwnData.Tables();
        Assert.Contains("300 rows: area (number), rooms (integer), floor (integer), quarter (category), built (integer, ", _said.ToString(), StringComparison.Ordinal);
        Assert.Equal(45, rents.Length);
        Assert.InRange(rent, 300, 3000);
    }

    [Fact]
    public void Networks_for_pictures_and_texts_are_asked_with_pictures_and_texts()
    {
        var fitted = PictureNet().Setup((y, t) => y.CrossEntropyLoss(t), p => new Adam(p)).Quiet().Fit(Tensor.Rand([8, 1, 16, 16]), Tensor.Randint(0, 2, [8]), epochs: 1);
        fitted.Save("runs/dots", new ModelNotes { Classes = ["few", "many"], Preprocessing = new PictureInput(16, Channels: 1) { Normalize = new([0.5], [0.25]) } });
        var picture = new Image(40, 50, PixelFormat.Rgb);
        picture.Pixels[..900].Fill(200);
        var seen = new PictureInput(16, Channels: 1) { Normalize = new([0.5], [0.25]) }.Apply(picture);
        Assert.Equal([1, 1, 16, 16], seen.Shape);
        var model = Fitted.Load("runs/dots", PictureNet, PictureInput.Load);
        Assert.Equal(fitted.Predict(seen).ToArray<float>(), model.Predict(picture).ToArray<float>());
        Assert.Equal(1, model.Classify(picture).Sum(c => c.Probability), 1e-5);

        var encoding = new TextEncoding(WordTokenizer.Build(["good bad fine"]), MaxLength: 3) { CutLeft = true };
        Embedding Words() => new(encoding.Tokenizer.VocabularySize, 2);
        var words = Words().Setup((y, t) => y.Sum(1).CrossEntropyLoss(t), p => new Adam(p)).Quiet().Fit(Tensor.Ones([4, 3], DType.Int64), Tensor.Ones([4], DType.Int64), epochs: 1);
        words.Save("runs/words", new ModelNotes { Preprocessing = encoding });
        Assert.Equal(words.Predict(encoding.Apply("bad fine good")).ToArray<float>(), Fitted.Load("runs/words", Words, TextEncoding.Load).Predict("good bad fine good").ToArray<float>());

        static Sequential PictureNet() => new(new Flatten(), new Linear(256, 2));
    }

    [Fact]
    public async Task Parquet_files_are_read_learnt_and_answered()
    {
        var schema = new ParquetSchema(new DataField<double>("area"), new DataField<double>("rent"), new DataField<string>("quarter"));
        await using (var stream = File.Create("flats.parquet"))
        await using (var writer = await ParquetWriter.CreateAsync(schema, stream))
        {
            for (int g = 0; g < 2; g++)
            {
                using var group = writer.CreateRowGroup();
                double[] areas = [.. Enumerable.Range(0, 30).Select(i => 20 + 3.0 * i)];
                await group.WriteAsync<double>(schema.DataFields[0], areas);
                await group.WriteAsync<double>(schema.DataFields[1], areas.Select(a => 12 * a).ToArray());
                await group.WriteAsync(schema.DataFields[2], Enumerable.Range(0, 30).Select(i => i % 2 == 0 ? "park" : "old, port").ToArray());
            }
        }
        Assert.Equal(60, OwnData.Parquet().Count);
        Assert.Equal(["30", "30"], _said.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Trim()));
        Tool.RunIn(_folder.Path, "train-table", "--data", "flats.parquet", "--target", "rent", "--epochs", "2", "--out", "out").AssertOk();
        string[] lines = Tool.RunIn(_folder.Path, "predict-table", "--model", "out/model", "flats.parquet").AssertOk().Output.ReplaceLineEndings("\n").Split('\n');
        Assert.Equal("area,rent,quarter,predicted_rent", lines[0]);
        Assert.StartsWith("23,276,\"old, port\",", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Pictures_are_learnt_and_named()
    {
        for (int i = 0; i < 20; i++)
        {
            string folder = Directory.CreateDirectory(Path.Combine("photos", i % 2 == 0 ? "cat" : "dog")).FullName;
            new DrawnShapes(20, 40)[i].Picture.Save(Path.Combine(folder, $"{i}.png"));
        }
        Assert.Equal(["cat", "dog"], OwnData.Pictures().Classes);
        Assert.Equal(["cat", "dog"], ImageClassifier.Load("runs/photos").Classes);
    }

    [Fact]
    public void Texts_are_learnt_and_named()
    {
        foreach (string file in (string[])["texts/spam/1.txt", "texts/ham/2.txt"])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, "hello");
        }
        File.WriteAllText("mails.csv", "subject,folder\nhello,inbox\nbuy this,junk\n");
        var (texts, reader) = OwnData.Texts();
        Assert.Equal(["ham", "spam"], texts.Classes);
        Assert.Equal(reader.Classify("buy").Label, TextClassifier.Load("runs/mails").Classify("buy").Label);
    }

    [Fact]
    public void Other_data_have_items_and_batches()
    {
        var (pairs, squares) = OwnData.Others();
        Assert.Equal([8], pairs[0].X.Shape);
        Assert.Equal(0.25f, squares[500].Y.ToArray<float>()[0]);
    }
}
