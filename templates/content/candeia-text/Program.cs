// What is a text about?
//
//     dotnet run                              learns from reviews.csv who liked it
//     dotnet run -- FILE.csv                  learns from a table of your own, with the columns text and label

using Candeia;
using Candeia.Data;
using Candeia.Datasets;
using Candeia.NN;
using Candeia.Text;
using Candeia.Training;

string file = args.Length > 0 ? args[0] : "reviews.csv";
Generator.Seed(1);

var texts = new TextTable(file, text: "text", label: "label");
var (train, valid) = texts.Split(0.8, seed: 1);
var classifier = new TextClassifier(new(TextNetwork.Bag, texts.Classes, MaxLength: 200), WordTokenizer.Build(train.Select(t => t.Text)));
var fitted = classifier.Network
    .Setup(loss: (scores, truth) => scores.CrossEntropyLoss(truth), optimizer: p => new AdamW(p, 1e-2), new Accuracy())
    .Fit(new TextDataset(train, classifier.Encoding).Loader(16, shuffle: true), epochs: 15, new TextDataset(valid, classifier.Encoding).Loader(64));

Console.WriteLine($"{fitted.History.Epochs[^1]["valid_accuracy"]:P0} of {valid.Count} other texts are told apart rightly.");
string text = valid[0].Text;
var answer = classifier.Classify(text);
Console.WriteLine($"\"{text}\" is {answer.Name} ({answer.Probability:P0})");

// Network, tokenizer and classes. TextClassifier.Load("model") has it back.
classifier.Save("model");
Console.WriteLine("Saved in the folder 'model'.");
