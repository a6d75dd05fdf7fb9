#:project ../src/Candeia/Candeia.csproj
#:property PublishAot=false

// A network that writes
// =====================
//
// A language model says, for a piece of text, which character is likely to come next. Ask it again and again, and it writes. This
// program teaches a small GPT a text, looks at what it writes before, meanwhile and after, and saves it.
//
//     dotnet run tutorials/language-model.cs                    a text that is drawn, in a minute or two
//     dotnet run tutorials/language-model.cs -- my-text.txt     a text of your own
//     dotnet run tutorials/language-model.cs -- --quick         less of everything

using System.Globalization;
using Candeia;
using Candeia.Data;
using Candeia.NN;
using Candeia.Text;
using Candeia.Training;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
bool quick = args.Contains("--quick");
string? file = args.FirstOrDefault(a => a != "--quick");
Generator.Seed(12);


// 1. A text
// ---------
// Any text will do. Without one, sentences are drawn by a rule with some chance in it: English they are only as far as the rule goes.

static string Draw(int sentences)
{
    var random = new Generator(3);
    string Any(params string[] words) => words[random.NextInt(words.Length)];
    string Animal() => $"the {Any("small ", "old ", "grey ", "")}{Any("cat", "fox", "owl", "mouse", "hare")}";
    return string.Concat(Enumerable.Range(0, sentences).Select(_ =>
        $"{Any("At dawn", "At noon", "In the night", "Every day")} {Animal()} {Any("sees", "follows", "hears", "waits for")} {Animal()} {Any("by the river", "in the wood", "under the moon")}.\n"));
}

string text = file is null ? Draw(quick ? 800 : 3000) : File.ReadAllText(file);
int cut = text.Length * 9 / 10;
var (train, held) = (text[..cut], text[cut..]);                              // the end is held back: it shows what was learnt, not what was kept


// 2. Characters are numbers
// -------------------------

var tokenizer = CharacterTokenizer.Build([text]);
Console.WriteLine($"{text.Length:N0} characters, {tokenizer.VocabularySize} different ones");
Console.WriteLine($"\"{text[..12]}\" is {string.Join(' ', tokenizer.Encode(text[..12]))}");


// 3. Questions and answers
// ------------------------
// A question is a piece of the text, and its answer the same piece one character later: so each piece asks as often as it is long.

const int Context = 64;
var windows = new TokenWindows(tokenizer.Encode(train), Context, step: 1);
var (question, answer) = windows[0];
Console.WriteLine($"question \"{tokenizer.Decode(question[..8].ToArray<int>())}\", answer \"{tokenizer.Decode(answer[..8].ToArray<int>())}\"");


// 4. The network
// --------------
// GPT-2 in small. With a tokenizer it is a language model, which takes and gives text.

var gpt = new Gpt(new(tokenizer.VocabularySize, Context, Layers: 2, Heads: 4, Width: 64));
var model = new LanguageModel(gpt, tokenizer);
Console.WriteLine($"{gpt.Parameters().Sum(p => p.Numel):N0} parameters");

string Write(double temperature) => string.Concat(model.Generate("At ", new() { Temperature = temperature, MaxTokens = 60, Generator = new(seed: 5) })).ReplaceLineEndings(" ");

Console.WriteLine($"\nBefore:  At {Write(1)}");


// 5. Learn
// --------
// The loss is how surprised the network is by the next character, in nats; divided by ln 2 it is bits.

int steps = quick ? 60 : 400;
var fitted = gpt.Setup(loss: Gpt.Loss, optimizer: p => new AdamW(p, 3e-3, weightDecay: 0.1))
    .With(new LearningRateSchedule(n => new OneCycleSchedule(3e-3, n, WarmUp: 0.1, CycleMomentum: false), Per.Batch), new ClipGradNorm(1))
    .Limit(trainBatches: steps / 2)
    .Quiet()
    .Fit(windows.Loader(16, shuffle: true), epochs: 2);
foreach (var epoch in fitted.History.Epochs) Console.WriteLine($"Part {epoch.Epoch}: {epoch.Train.Loss / Math.Log(2):F2} bits per character");
Console.WriteLine($"Held back: {model.BitsPerCharacter(held):F2} bits per character; a guess at random needs {Math.Log2(tokenizer.VocabularySize):F2}");


// 6. Write
// --------
// Temperature 0 always takes the likeliest character. Above that it draws; the higher, the bolder.

foreach (double temperature in (double[])[0, 0.5, 1, 2]) Console.WriteLine($"At temperature {temperature:F1}:  At {Write(temperature)}");


// 7. Keep it
// ----------
// Network and tokenizer lie in one folder. The network's files are those of Hugging Face's GPT-2, so that the package transformers reads them.

model.Save("little-gpt");
var again = LanguageModel.Load("little-gpt");
foreach (string piece in again.Generate("In the ", new() { TopK = 5, MaxTokens = 40, Generator = new(seed: 1) })) Console.Write(piece);
Console.WriteLine();
