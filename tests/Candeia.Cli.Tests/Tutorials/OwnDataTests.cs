using Candeia.Datasets;
using Candeia.Experiments;
using Candeia.Text;
using Candeia.Vision;

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
        Assert.Equal(6, blocks.Length);
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
