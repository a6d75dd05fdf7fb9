using System.CommandLine;
using System.Text.Json;
using Candeia.Experiments;
using Candeia.Text;

namespace Candeia.Cli;

/// <summary><c>candeia classify-text</c>: what a saved network takes texts for.</summary>
static class ClassifyTextCommand
{
    const int Telling = 3;

    public static Command Create()
    {
        var model = Paths.Folder("--model", "The folder model that text-classification wrote.");
        var texts = new Argument<string[]>("TEXT") { Description = "One text or more, each in quotes.", Arity = ArgumentArity.OneOrMore };
        var json = Flags.Json();
        texts.Validators.Add(result =>
        {
            if (result.Tokens.Any(t => string.IsNullOrWhiteSpace(t.Value))) result.AddError("TEXT must have a word at least; an empty text is neither this nor that");
        });
        var command = new Command("classify-text", "What a saved network takes texts for, and because of which words.") { model, json, texts };
        command.SetAction(parsed =>
        {
            var classifier = TextClassifier.Load(parsed.GetRequiredValue(model));
            List<ClassifiedText> answers = [.. parsed.GetRequiredValue(texts).Select(text => Answer(classifier, text))];
            if (parsed.GetValue(json)) Console.WriteLine(JsonSerializer.Serialize(answers, TextJson.Plain.ListClassifiedText));
            else foreach (var a in answers) Screen.Say(FormattableString.Invariant($"{a.Class}, {a.Probability:P0}{(a.Because.Count > 0 ? $", because of {string.Join(", ", a.Because)}" : "")}: {Failure.OneLine(a.Text)}"));
        });
        return command;
    }

    static ClassifiedText Answer(TextClassifier classifier, string text)
    {
        var answer = classifier.Classify(text);
        var because = classifier.Explain(text, answer.Label).Where(w => w.Weight > 0.01).OrderByDescending(w => w.Weight).Take(Telling);
        return new(text, answer.Name, answer.Probability, [.. because.Select(w => text.Substring(w.Token.Start, w.Token.Length))]);
    }
}
