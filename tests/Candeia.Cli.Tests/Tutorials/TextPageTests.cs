using Candeia.Text;

namespace Candeia.Cli.Tests;

/// <summary>docs/text-classification.md: its code is compiled and runs.</summary>
[Collection(nameof(Here))]
public sealed class TextPageTests
{
    [Fact]
    public void Its_code_is_what_runs_here()
    {
        string compiled = Documents.Normal(Documents.Read("tests", "Candeia.Cli.Tests", "Tutorials", "TextPage.cs"));
        string[] blocks = Documents.CSharp(Documents.Read("docs", "text-classification.md"));
        Assert.Equal(4, blocks.Length);
        Assert.All(blocks, block => Assert.Contains(Documents.Normal(block), compiled, StringComparison.Ordinal));
    }

    [Fact]
    public void It_runs_from_the_first_line_to_the_last()
    {
        using var folder = new TemporaryFolder();
        foreach (string file in (string[])["texts/spam/1.txt", "texts/ham/2.txt"])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder[file])!);
            File.WriteAllText(folder[file], "hello");
        }
        File.WriteAllText(folder["mails.csv"], "subject,folder\nhello,inbox\n");
        var (before, output) = (Environment.CurrentDirectory, Console.Out);
        try
        {
            Environment.CurrentDirectory = folder.Path;
            Console.SetOut(TextWriter.Null);
            var (answer, own, table) = TextPage.Run();
            Assert.Equal(["ham", "spam"], own.Classes);
            Assert.Equal(["inbox"], table.Classes);
            Assert.Equal(answer.Label, TextClassifier.Load("runs/reviews").Classify("The plot was not boring.").Label);
        }
        finally
        {
            Console.SetOut(output);
            Environment.CurrentDirectory = before;
        }
    }
}
