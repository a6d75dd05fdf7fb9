#:project ../src/Candeia/Candeia.csproj
#:property PublishAot=false

// Telling texts apart
// ===================
//
// Is a review praise or blame? The oldest way is to count words: "wonderful" speaks for praise, "boring" against it. But who only counts
// takes "not at all boring" for blame. Here a logistic regression on counts of words learns from the same reviews as a recurrent network,
// which reads them word by word.
//
//     dotnet run tutorials/text-classification.cs              # reviews that a program has drawn: half a minute
//     dotnet run tutorials/text-classification.cs imdb         # 25 000 reviews of films by people: downloads 84 MB, and takes its time

using System.Globalization;
using Candeia;
using Candeia.Data;
using Candeia.Datasets;
using Candeia.NN;
using Candeia.Text;
using Candeia.Training;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
bool imdb = args is ["imdb"];


// 1. Texts
// --------
// An item is a text, its class and a name.

Dataset<TextSample> reviews = imdb ? new Imdb("data").Shuffle(seed: 1) : new DrawnReviews(count: 3000);
Dataset<TextSample> unseen = imdb ? new Imdb("data", TextSplit.Test).Shuffle(seed: 1)[..5000] : new DrawnReviews(TextSplit.Test, count: 500);
Console.WriteLine($"{reviews.Count} reviews; the first, of class {reviews[0].Label}:\n{reviews[0].Text}\n");


// 2. Words become numbers
// -----------------------
// The vocabulary is made of the reviews to learn from alone: a word that is only in the test is <unk>, as it would be later in use.

var words = WordTokenizer.Build(reviews.Select(r => r.Text), minFrequency: 2, maxSize: 20_000);
foreach (var token in words.Tokenize("It was not boring.")) Console.Write($"{token.Text} {token.Id}  ");
Console.WriteLine($"of {words.VocabularySize}\n");


// 3. Two networks
// ---------------
// Both take whole numbers [n, length] and give scores [n, classes]. Batches of texts of like lengths need little padding: a BucketSampler
// puts them together.

string[] classes = ["negative", "positive"];
TextClassifier Learn(TextNetwork network, double rate, int epochs)
{
    Generator.Seed(1);
    var classifier = new TextClassifier(new(network, classes, MaxLength: 300), words);
    var train = new TextDataset(reviews, classifier.Encoding);
    Console.WriteLine($"{network}:");
    classifier.Network
        .Setup(loss: (y, target) => y.CrossEntropyLoss(target), optimizer: p => new AdamW(p, rate), new Accuracy())
        .Fit(train.Loader(32, sampler: new BucketSampler(train.Lengths, 32)), epochs);
    return classifier;
}

double Right(TextClassifier classifier) =>
    unseen.Zip(classifier.Classify([.. unseen.Select(r => r.Text)]), (review, answer) => review.Label == answer.Label ? 100.0 : 0).Average();

var counts = Learn(TextNetwork.BagOfWords, rate: 5e-3, epochs: 6);
var lstm = Learn(TextNetwork.Lstm, rate: 3e-3, epochs: 6);
Console.WriteLine($"\nCounts of words: {Right(counts):F1} % right.  LSTM: {Right(lstm):F1} % right.\n");


// 4. Ask it
// ---------
// And what does it make of each word? By how much its answer changes where the word is hidden.

foreach (string text in (string[])["The plot was not boring.", "The plot was boring.", "I had expected a dull story, but it was wonderful."])
{
    var answer = lstm.Classify(text);
    Console.WriteLine($"{answer.Probability:P0} {answer.Name}: " + string.Join(' ', lstm.Explain(text, answer.Label).Select(w => $"{w.Token.Text}({100 * w.Weight:+0;-0;0})")));
}


// 5. Keep it
// ----------
// A network is of use with the vocabulary alone that it has learnt with, so both are saved together.

lstm.Save("runs/reviews");
Console.WriteLine($"\nFrom the folder: {TextClassifier.Load("runs/reviews").Classify("What a charming film!")}");
