module.exports = {
  testEnvironment: 'node',
  transform: { '\\.m?js$': ['babel-jest', { plugins: ['@babel/plugin-transform-modules-commonjs'] }] },
  transformIgnorePatterns: ['/node_modules/(?!(bisik|@noble)/)'],
}
