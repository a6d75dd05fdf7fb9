namespace Candeia.Cli.Tests;

[Collection(nameof(Here))]
public class UsageTests
{
    [Fact]
    public void Without_arguments_it_helps()
    {
        string help = Tool.Run().AssertOk().Output;
        foreach (string command in (string[])["guess-the-correlation", "evaluate", "predict", "data", "bench", "what-if", "weights", "text-classification", "classify-text", "train-images", "classify"])
            Assert.Contains(command, help, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("guess-the-correlation", "--epochs <N>")]
    [InlineData("evaluate", "--model <FILE>")]
    [InlineData("predict", "<IMAGE>")]
    [InlineData("data generate", "--count <N>")]
    [InlineData("data show", "--data <DIR>")]
    [InlineData("bench step", "--json")]
    [InlineData("cluster", "Usage")]
    [InlineData("weights show", "--json")]
    [InlineData("weights convert", "--rename <OLD=NEW>")]
    [InlineData("what-if", "--digits <DIR>")]
    [InlineData("text-classification", "--downloads <DIR>")]
    [InlineData("classify", "--model <DIR>")]
    [InlineData("classify-text", "--model <DIR>")]
    public void Every_command_explains_its_options(string command, string option) =>
        Assert.Contains(option, Tool.Run([.. command.Split(' '), "--help"]).AssertOk().Output, StringComparison.Ordinal);

    [Fact]
    public void As_a_program_it_answers_and_fails_as_here()
    {
        Assert.Matches(@"^\d+\.\d+\.\d+", Tool.Apart(Environment.CurrentDirectory, "--version").AssertOk().Output);
        Tool.Apart(Environment.CurrentDirectory, "gess-the-correlation").AssertRefused(2, "perhaps guess-the-correlation");
        Tool.Apart(Environment.CurrentDirectory, "predict", "--model", "nowhere", "none.png").AssertRefused(1, "none.png");
    }

    [Theory]
    [InlineData("guess-the-correlation --epochs 0", "--epochs", "from 1 to 2147483647", "'0'")]
    [InlineData("guess-the-correlation --batch-size -3", "--batch-size", "from 1 to")]
    [InlineData("guess-the-correlation --train many", "--train", "'many'")]
    [InlineData("guess-the-correlation --learning-rate 0", "--learning-rate", "above 0")]
    [InlineData("guess-the-correlation --learning-rate NaN", "--learning-rate", "above 0")]
    [InlineData("guess-the-correlation --seed -1", "--seed", "'-1'")]
    [InlineData("guess-the-correlation --threads 0", "--threads", "from 1 to 1024")]
    [InlineData("guess-the-correlation --source elsewhere", "--source", "generate or download")]
    [InlineData("guess-the-correlation --epohcs 3", "'--epohcs'", "perhaps --epochs")]
    [InlineData("gess-the-correlation", "perhaps guess-the-correlation")]
    [InlineData("data generate --out x", "--count")]
    [InlineData("evaluate --data x", "--model")]
    [InlineData("predict --model x", "IMAGE")]
    [InlineData("evaluate --model x --data ", "--data", "not nothing")]
    public void What_it_does_not_understand_is_refused_in_one_sentence(string line, params string[] words) =>
        Tool.Run(line.Split(' ')).AssertRefused(2, words);
}
